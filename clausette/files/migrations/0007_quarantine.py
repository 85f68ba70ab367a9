"""Pieces that wait for the antivirus, and what they became."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.files.enums import Treatment
from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0006_masked")]
    operations: ClassVar = [
        migrations.AlterField(
            "storedfile",
            "treatment",
            models.CharField("traitement", max_length=10, choices=Treatment.choices, default="given"),
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_quarantine.sql"),
    ]
