"""A work contract with its employer and its structure: one foreign key of who points to it proves the three (ADR 0028)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("placements", "0009_known_row")]
    operations: ClassVar = [
        migrations.AddConstraint(
            "placement",
            models.UniqueConstraint("id", "employer", "owner_org", name="placements_placement_of_both"),
        ),
    ]
