"""Bytes that may no longer be kept: announced to the structure, taken away by the night."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_files.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("privacy", "0010_purged_files"), ("files", "0004_bytes_gone"), ("hours", "0009_target_facts"),
        ("imports", "0012_undo_facts"),
    ]  # fmt: skip
    operations: ClassVar = [sec_functions(SQL)]
