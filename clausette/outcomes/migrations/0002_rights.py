"""Rights of the path: rows of the structure that follows the person; keys that cannot cross structures."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
PERSON = ("participants_participant", ("id", "owner_org_id"))
TABLES = ("outcomes_trainingaction", "outcomes_interview", "outcomes_pathexit", "outcomes_followup")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("outcomes", "0001_initial"), ("participants", "0002_rights")]
    operations: ClassVar = [
        *[one for table in TABLES for one in protect(table, see=OWN, verbs="INSERT, UPDATE")],
        *[foreign_key(table, ("participant_id", "owner_org_id"), *PERSON) for table in TABLES],
        foreign_key("outcomes_followup", ("exit_id", "owner_org_id"), "outcomes_pathexit", ("id", "owner_org_id")),
    ]
