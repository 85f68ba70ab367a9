"""« Objectifs particuliers » count those who live in a priority district by the facts frozen with the decision."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_targets.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0008_reporting_rights"), ("participants", "0004_facts_rights")]
    operations: ClassVar = [sec_functions(SQL)]
