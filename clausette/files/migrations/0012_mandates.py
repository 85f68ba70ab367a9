"""The mandate by which a workbook was handed in for a firm; who may read it, the floor above says (ADR 0022)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0011_settled")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="storedfile",
            name="mandate_ref",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="mandat de déclaration"),
        ),
    ]
