"""The clock of retention, read in one statement."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_retention.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0002_rights_of_holds"), ("placements", "0002_rights")]
    operations: ClassVar = [sec_functions(SQL)]
