"""Pieces of the firm in quarantine are settled also in the name of who declares without an account (ADR 0020)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0009_file_of_owner"), ("procurement", "0009_deposits")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql")]
