"""A worked month is found by its work contract, where the function reads them all (ADR 0023); marks planned once."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, protect, sec_functions

TABLE = "hours_workedmonth"
OWN = "owner_org_id = (SELECT sec.organisation())"
KNOWN = f"{OWN} OR {known('placements', 'placement_id', f'{TABLE}.placement_id')}"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0038_proposal_rights"), ("placements", "0007_known")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        *protect(TABLE, see=KNOWN, verbs="INSERT, UPDATE", write=KNOWN),
    ]
