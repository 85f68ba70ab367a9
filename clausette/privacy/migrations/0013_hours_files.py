"""Files of hours leave with the workbooks taken over; their lines forget a person who is forgotten."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

HERE = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0012_clock_of_referrals"), ("imports", "0017_hours_files_rights")]
    operations: ClassVar = [sec_functions(HERE / "sec_files.sql"), sec_functions(HERE / "sec_erase.sql")]
