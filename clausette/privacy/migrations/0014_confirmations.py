"""Why a disagreement on hours was settled is forgotten with the person."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_erase.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0013_hours_files"), ("hours", "0016_confirmation_rights")]
    operations: ClassVar = [sec_functions(SQL)]
