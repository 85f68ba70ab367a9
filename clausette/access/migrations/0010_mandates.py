"""The context of who acts by a « mandat de déclaration » (ADR 0022), and their names in the journal."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0009_deposits"), ("journal", "0004_acting_org")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_mandate.sql")]
