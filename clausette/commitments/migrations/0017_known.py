"""An engagement is found by its key among those that the actor knows, where the function reads them all (ADR 0023).

First the contract, by which a list of engagements enters the index: what one knows is always of a contract of one's own (the
keys to the engagement carry its contract).
"""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, sec_functions, seen

WHOLE = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
PARTY = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
MEMBER = "organisation_id = (SELECT sec.organisation())"
OWED = "contractor_id = (SELECT sec.firm())"
ITSELF = "commitments_commitment"
PARTS = (
    "commitments_commitmentversion", "commitments_commitmentpart", "commitments_subtarget", "commitments_basehours",
    "commitments_valuedrule",
)  # fmt: skip


def _seen(*mine: str) -> str:
    return f"{WHOLE} OR ({PARTY} AND ({' OR '.join(mine)}))"


def _of(table: str, *others: str) -> str:
    return _seen(known("commitments", "commitment_id", f"{table}.commitment_id"), *others)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0016_counting_rules"), ("procurement", "0014_known")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        # not by the view, which reads this very table
        seen(ITSELF, _seen(OWED, known("worked", "commitment_id", f"{ITSELF}.id"))),
        *(seen(table, _of(table)) for table in PARTS),
        seen("commitments_groupshare", _of("commitments_groupshare", MEMBER)),
    ]
