"""Pieces kept with a decision are one more thing that the purge takes away."""

from typing import ClassVar

from django.db import migrations, models

from clausette.privacy.enums import PurgedCategory


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0015_letters_purged")]
    operations: ClassVar = [
        migrations.AlterField(
            "purgebatch", "category", models.CharField("donnée", max_length=20, choices=PurgedCategory.choices)
        ),
    ]
