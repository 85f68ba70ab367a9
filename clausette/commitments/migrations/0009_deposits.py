"""Engagements owed, read also in a « dépôt sans compte » (ADR 0020)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0008_confirmed_by_firm"), ("procurement", "0009_deposits")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql")]
