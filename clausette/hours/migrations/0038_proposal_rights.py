"""Rights of the corrections proposed: the declarant, also in a deposit or by a mandate, and the structures in charge."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_proposals.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0037_proposals")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_correctionproposal",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {DECLARES}",
            insert=DECLARES,
        ),
        foreign_key(
            "hours_correctionproposal",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
        foreign_key(
            "hours_correctionproposal",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
        foreign_key(
            "hours_correctionproposal",
            ("mandate_id", "declarant_id"),
            "procurement_mandate",
            ("id", "organisation_id"),
        ),
    ]
