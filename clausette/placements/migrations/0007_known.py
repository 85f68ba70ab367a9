"""What people at work make known, found by its key, where the functions read everything (ADR 0023)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, sec_functions, seen

OWN = "owner_org_id = (SELECT sec.organisation())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("placements", "0006_deposits"), ("commitments", "0017_known"), ("participants", "0027_known"),
    ]  # fmt: skip
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        seen("placements_placement", f"{OWN} OR {known('placements', 'placement_id', 'placements_placement.id')}"),
    ]
