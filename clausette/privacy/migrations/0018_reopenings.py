"""A validated line is « déclarées » again when its month is reopened."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_erase.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0017_pieces"), ("hours", "0019_reopening_rights")]
    operations: ClassVar = [sec_functions(SQL)]
