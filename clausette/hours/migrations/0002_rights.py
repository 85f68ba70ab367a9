"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BOUGHT = "contract_id = ANY ((SELECT sec.contracts('buyer'))::bigint[])"
DECLARED = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
)
DECLARES = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts("
    "'contractor', 'group_member', 'subcontractor', 'employer'))::bigint[]))"
)
WORKS = "placement_id IN (SELECT unnest(sec.placements()))"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0001_initial"), ("placements", "0002_rights")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_statement",
            see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND {BOUGHT})",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {DECLARES}",
        ),
        *protect(
            "hours_workedmonth", see=f"{OWN} OR {WORKS}", verbs="INSERT, UPDATE", write=f"{OWN} OR {WORKS}"
        ),
        # Buyers and titulaires see hours once declared, never names: those stay behind the policy of participants.
        *protect(
            "hours_hoursline",
            see=(
                f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND ({BOUGHT} OR "
                "commitment_id = ANY ((SELECT sec.owed())::bigint[])))"
            ),
            verbs="INSERT, UPDATE, DELETE",
            write=f"{PILOTED} OR {DECLARES}",
            remove=f"state IN ('draft', 'declared') AND ({PILOTED} OR {DECLARES})",
        ),
        *protect(
            "hours_justification",
            see=f"{PILOTED} OR written_by_id = (SELECT sec.account())",
            verbs="INSERT",
            write=f"{PILOTED} AND written_by_id = (SELECT sec.account())",
        ),
        foreign_key(
            "hours_hoursline",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
        foreign_key(
            "hours_hoursline",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
        foreign_key(
            "hours_hoursline",
            ("worked_month_id", "placement_id"),
            "hours_workedmonth",
            ("id", "placement_id"),
        ),
        foreign_key(
            "hours_workedmonth",
            ("placement_id", "employer_id"),
            "placements_placement",
            ("id", "employer_id"),
        ),
    ]
