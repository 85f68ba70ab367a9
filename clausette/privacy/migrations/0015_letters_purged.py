"""Mails of reminders lose their text and address at the end of their duration."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions
from clausette.privacy.enums import PurgedCategory


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0014_confirmations"), ("agenda", "0002_rights")]
    operations: ClassVar = [
        migrations.AlterField(
            "purgebatch", "category", models.CharField("donnée", max_length=20, choices=PurgedCategory.choices)
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_letters.sql"),
    ]
