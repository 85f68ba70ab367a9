"""Lines of files of hours kept in blocks are forgotten with the person, and with the file."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

HERE = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0023_proposals"), ("imports", "0024_hours_blocks")]
    operations: ClassVar = [sec_functions(HERE / "sec_erase.sql"), sec_functions(HERE / "sec_files.sql")]
