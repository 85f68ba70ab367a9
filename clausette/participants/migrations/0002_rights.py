"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
IN_CHARGE = "participant_id IN (SELECT unnest(sec.persons_in_charge()))"
MET = "participant_id IN (SELECT unnest(sec.persons()))"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0001_initial"), ("access", "0002_rights")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "participants_participant",
            see=(
                f"{OWN} OR referred_by_id = (SELECT sec.organisation()) OR id IN (SELECT unnest(sec.persons()))"
            ),
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        *protect(
            "participants_eligibilitycheck",
            see=f"{OWN} OR {IN_CHARGE} OR {MET}",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        # Reasons: the structure in charge and the prescriber who referred; nobody else, whatever the contract.
        *protect(
            "participants_eligibilityreason",
            see=IN_CHARGE,
            verbs="INSERT",
            write=f"{IN_CHARGE} AND {FACILITATOR}",
        ),
        foreign_key(
            "participants_eligibilitycheck",
            ("participant_id", "owner_org_id"),
            "participants_participant",
            ("id", "owner_org_id"),
        ),
        foreign_key(
            "participants_eligibilityreason",
            ("check_made_id", "participant_id"),
            "participants_eligibilitycheck",
            ("id", "participant_id"),
        ),
    ]
