"""The clock reads the day of a referral where it is kept now, with the contacts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_retention.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0011_files_purged"), ("participants", "0021_private_prescriber")]
    operations: ClassVar = [sec_functions(SQL)]
