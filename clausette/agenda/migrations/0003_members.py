"""Reminders go to the accounts of a firm when no contact is known: several addresses in one letter."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agenda", "0002_rights"), ("commitments", "0001_initial"), ("access", "0008_readings_of_persons")
    ]
    operations: ClassVar = [
        migrations.AlterField("letter", "email", models.CharField("adresse", max_length=800)),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_members.sql"),
    ]
