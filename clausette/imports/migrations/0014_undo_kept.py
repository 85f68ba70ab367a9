"""The progress kept beside engagements does not prevent undoing the takeover that brought them."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0013_takeover_twins"), ("hours", "0010_kept")]
    operations: ClassVar = [sec_functions(SQL)]
