"""Rights of the valuation rules: read with the engagement, written by the structure référente, never changed."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_valuing.sql"
SEEN = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
KNOWN = "commitment_id = ANY ((SELECT sec.commitments())::bigint[])"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0010_valued_rules")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "commitments_valuedrule", see=f"{SEEN} OR {KNOWN}", verbs="INSERT, UPDATE", write=PILOTED
        ),
        foreign_key(
            "commitments_valuedrule", ("commitment_id", "contract_id"), "commitments_commitment", ("id", "contract_id")
        ),
    ]
