"""Hours of a surplus carried over: all of them, never twice, and what is due stays where it was worked."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_carried.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("hours", "0027_keys_proved"),
        ("commitments", "0015_carry_over_rights"),
    ]
    operations: ClassVar = [sec_functions(SQL)]
