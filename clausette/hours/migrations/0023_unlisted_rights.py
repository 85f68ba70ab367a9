"""Rights of the people whom a firm names apart: the declarant and the structures in charge of the contract."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_unlisted.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
DECLARED = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
)
DECLARES = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts("
    "'contractor', 'group_member', 'subcontractor', 'employer'))::bigint[]))"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0022_unlisted")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "hours_unlistedperson",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, UPDATE, DELETE",
            write=PILOTED,
            insert=DECLARES,
            remove=f"state = 'waiting' AND {DECLARES}",
        ),
        foreign_key(
            "hours_unlistedperson",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
    ]
