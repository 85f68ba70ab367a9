"""Rights of the notes and homes (policy of the reasons), of what moves the limits, of the options of a structure."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
IN_CHARGE = "participant_id IN (SELECT unnest(sec.persons_in_charge()))"
MET = "participant_id IN (SELECT unnest(sec.persons()))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0011_situation")]
    operations: ClassVar = [
        *protect(
            "participants_checknote", see=IN_CHARGE, verbs="INSERT", write=f"{IN_CHARGE} AND {FACILITATOR}"
        ),
        *protect("participants_home", see=IN_CHARGE, verbs="INSERT", write=f"{IN_CHARGE} AND {FACILITATOR}"),
        *protect(
            "participants_limitmove",
            see=f"{OWN} OR {IN_CHARGE} OR {MET}",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        *protect(
            "participants_admittedoptions", see=OWN, verbs="INSERT, UPDATE", write=f"{OWN} AND {FACILITATOR}"
        ),
        foreign_key(
            "participants_checknote",
            ("check_made_id", "participant_id"),
            "participants_eligibilitycheck",
            ("id", "participant_id"),
        ),
        foreign_key(
            "participants_limitmove",
            ("participant_id", "owner_org_id"),
            "participants_participant",
            ("id", "owner_org_id"),
        ),
    ]
