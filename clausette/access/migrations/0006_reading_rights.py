"""Readings told to the structure that follows the person; alerts; the functions that count and tell."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

ROOM = Path(__file__).resolve().parents[1]
ORG = "(SELECT sec.organisation())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0005_reading_alert"), ("journal", "0002_reading_alerts")]
    operations: ClassVar = [
        sec_functions(ROOM / "sec_readings.sql"),
        sec_functions(ROOM / "sec_reading_flow.sql"),
        *protect("journal_reading", see=f"organisation_id = {ORG} OR owner_org = {ORG}", verbs=""),
        *protect("journal_readingalert", see=f"told_org = {ORG}", verbs=""),
    ]
