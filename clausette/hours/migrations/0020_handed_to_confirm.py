"""A titulaire knows since when hours wait for its answer."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_confirming.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0019_reopening_rights")]
    operations: ClassVar = [sec_functions(SQL)]
