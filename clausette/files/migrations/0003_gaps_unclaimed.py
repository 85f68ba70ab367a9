"""The function that tells the sweeper which bytes no row points to."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0002_rights")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_unclaimed.sql"),
    ]
