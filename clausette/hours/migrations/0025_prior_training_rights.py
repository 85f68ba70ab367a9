"""Rights of the trainings before hiring; their lines are of their work contract, within their certificate."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_prior.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.organisation())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0024_prior_training")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_priortraining",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, DELETE",
            write=f"{PILOTED} OR {DECLARES}",
        ),
        foreign_key(
            "hours_priortraining", ("commitment_id", "contract_id"), "commitments_commitment", ("id", "contract_id")
        ),
        foreign_key(
            "hours_hoursline", ("prior_id", "placement_id"), "hours_priortraining", ("id", "placement_id")
        ),
    ]
