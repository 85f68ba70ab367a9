"""Rights of the decisions that name the structure déclarante; a line written follows them."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_reporting.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0007_reporting")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_reportingchange",
            see=PILOTED,
            verbs="INSERT",
            write=f"{PILOTED} AND decided_by_id = (SELECT sec.account())",
        ),
        foreign_key(
            "hours_reportingchange",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
    ]
