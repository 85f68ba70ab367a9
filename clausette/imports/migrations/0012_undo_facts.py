"""Undoing a batch takes away the facts frozen with the decisions it made."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0011_left_rights"), ("participants", "0004_facts_rights")]
    operations: ClassVar = [sec_functions(SQL)]
