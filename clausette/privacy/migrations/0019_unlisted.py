"""Somebody named by a firm is forgotten with the person, and goes by themselves when nobody matches them."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions
from clausette.privacy.enums import PurgedCategory

HERE = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0018_reopenings"), ("hours", "0023_unlisted_rights")]
    operations: ClassVar = [
        migrations.AlterField(
            "purgebatch", "category", models.CharField("donnée", max_length=20, choices=PurgedCategory.choices)
        ),
        sec_functions(HERE / "sec_erase.sql"),
        sec_functions(HERE / "sec_unlisted.sql"),
    ]
