"""Accounts that nobody uses any more: told, then closed."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_idle.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0006_reading_rights")]
    operations: ClassVar = [
        migrations.AddField(
            "account", "idle_told_on", models.DateField("prévenu de l'inactivité le", null=True, blank=True)
        ),
        sec_functions(SQL),
    ]
