"""Who reports the hours of many engagements is asked once for all their lines."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_reported.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0031_carried")]
    operations: ClassVar = [sec_functions(SQL)]
