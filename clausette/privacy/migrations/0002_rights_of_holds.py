"""Rights of holds and notices: the structure that follows the person, never another."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
PERSON = ("participants_participant", ("id", "owner_org_id"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0001_holds_and_notices"), ("participants", "0002_rights")]
    operations: ClassVar = [
        *protect("privacy_retentionhold", see=OWN, verbs="INSERT, UPDATE"),
        *protect("privacy_noticegiven", see=OWN, verbs="INSERT"),
        foreign_key("privacy_retentionhold", ("participant_id", "owner_org_id"), *PERSON),
        foreign_key("privacy_noticegiven", ("participant_id", "owner_org_id"), *PERSON),
    ]
