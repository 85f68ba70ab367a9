"""What was reached of the « objectifs particuliers » of an engagement: people and hours, small groups masked."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_targets.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("hours", "0005_acts"),
        ("participants", "0002_rights"),
        ("reference", "0003_facts"),
    ]
    operations: ClassVar = [sec_functions(SQL)]
