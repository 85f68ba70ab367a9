"""Pieces beside the proof of the hours leave with it."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0019_unlisted"), ("hours", "0035_statement_piece_rights")]
    operations: ClassVar = [sec_functions(ROOM / "sec_files.sql")]
