"""A home that a workbook told goes with its person when the takeover is undone."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0014_undo_kept")]
    operations: ClassVar = [sec_functions(SQL)]
