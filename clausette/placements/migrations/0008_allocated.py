"""Who writes a mise à disposition names a work contract of one's own, or one known already."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, protect, sec_functions

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
OURS = "(employer_id = (SELECT sec.firm()) OR host_company_id = (SELECT sec.firm()))"
PARTY = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
KNOWN = known("placements", "placement_id", "placements_allocation.placement_id")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("placements", "0007_known")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_allocated.sql"),
        *protect(
            "placements_allocation",
            see=f"{PILOTED} OR ({OURS} AND {PARTY})",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} AND (owner_org_id = (SELECT sec.organisation()) OR {KNOWN})",
        ),
    ]
