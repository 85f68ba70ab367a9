"""Bytes taken away at the end of their duration: their row stays, and claims them no more."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_unclaimed.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0003_gaps_unclaimed")]
    operations: ClassVar = [
        migrations.AddField(
            "storedfile", "bytes_gone_on", models.DateField("contenu effacé le", null=True, blank=True)
        ),
        sec_functions(SQL),
    ]
