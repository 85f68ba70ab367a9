"""Functions that undo a batch of the takeover: what it made and nothing else (docs/adr/0010)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0006_takeover_rights"), ("hours", "0004_balances_rights")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="takeoverline",
            name="contract_ref",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="marché"),
        ),
        sec_functions(SQL),
    ]
