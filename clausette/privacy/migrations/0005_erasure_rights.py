"""Rights of erasures, and the functions by which every room forgets."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
PERSON = ("participants_participant", ("id", "owner_org_id"))
SQL = Path(__file__).resolve().parents[1] / "sec_erase.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("privacy", "0004_erasures"), ("hours", "0009_target_facts"), ("imports", "0012_undo_facts"),
        ("outcomes", "0004_fse_rights"), ("placements", "0004_withdrawn_rights"), ("journal", "0001_initial"),
    ]  # fmt: skip
    operations: ClassVar = [
        sec_functions(SQL),
        *protect("privacy_erasure", see=OWN, verbs="INSERT"),
        foreign_key("privacy_erasure", ("participant_id", "owner_org_id"), *PERSON),
    ]
