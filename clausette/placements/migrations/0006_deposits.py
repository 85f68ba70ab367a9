"""People at work for the firm, read also in a « dépôt sans compte » (ADR 0020)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
OURS = "(employer_id = (SELECT sec.firm()) OR host_company_id = (SELECT sec.firm()))"
PARTY = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("placements", "0005_whose"), ("commitments", "0009_deposits")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql"),
        *protect(
            "placements_allocation",
            see=f"{PILOTED} OR ({OURS} AND {PARTY})",
            verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
    ]
