"""The lines of a file of hours are checked by one key; undoing a takeover sees the lines that its keys no longer name."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


def proved(field: str, to: str, name: str) -> migrations.AlterField:
    """A column that the composite foreign key proves, first of an index."""
    key = models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=to,
        verbose_name=name,
    )  # fmt: skip
    return migrations.AlterField(model_name="hoursfileline", name=field, field=key)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("imports", "0018_hours_file_witness"),
        ("hours", "0027_keys_proved"),
    ]
    operations: ClassVar = [
        proved("batch", "imports.hoursfile", "fichier d’heures"),
        proved("owner_org", "access.organisation", "expéditeur"),
        migrations.RemoveField(model_name="hoursfileline", name="written"),
        sec_functions(SQL),
    ]
