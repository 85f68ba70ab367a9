"""Undoing a takeover takes away how to reach the persons it brought, and the pairs they make."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0012_undo_facts"), ("participants", "0014_twins_rights")]
    operations: ClassVar = [sec_functions(SQL)]
