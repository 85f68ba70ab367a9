"""Rights of the answers of a titulaire; an answer is of the contract, month and declarant of its statement."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_confirmations.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
DECLARED = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
)
OWED = "(contractor_id = (SELECT sec.organisation()) AND commitment_id = ANY ((SELECT sec.owed())::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0015_confirmations")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_confirmation",
            see=f"{PILOTED} OR {DECLARED} OR {OWED}",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {OWED}",
        ),
        foreign_key(
            "hours_confirmation",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
        foreign_key(
            "hours_confirmation",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
    ]
