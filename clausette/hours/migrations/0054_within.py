"""What lines credit is compared with the hours worked month by month, whatever PostgreSQL believes of the tables."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_within.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0053_worked_for")]
    operations: ClassVar = [sec_functions(SQL)]
