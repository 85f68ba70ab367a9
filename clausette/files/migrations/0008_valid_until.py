"""A piece may attest something until a day: an approval, a contract."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0007_quarantine")]
    operations: ClassVar = [
        migrations.AddField(
            "storedfile", "valid_until", models.DateField("valable jusqu’au", null=True, blank=True)
        ),
    ]
