"""Whose person was read: told to the room of readings."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0009_sealed"), ("access", "0006_reading_rights")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "readings.sql"),
        # what was read before is told to the structure too
        migrations.RunSQL(
            "UPDATE journal_reading r SET owner_org = p.owner_org_id FROM participants_participant p"
            " WHERE p.uid = r.subject_uid AND r.owner_org IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
