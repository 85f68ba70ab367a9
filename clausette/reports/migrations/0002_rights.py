"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BOUGHT = "contract_id = ANY ((SELECT sec.contracts('buyer'))::bigint[])"
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0001_initial"), ("commitments", "0002_rights")]
    operations: ClassVar = [
        # INSERT alone: an issued report is never changed, by right.
        *protect(
            "reports_report",
            see=f"{OWN} OR {PILOTED} OR {BOUGHT} OR {OWED}",
            verbs="INSERT",
            write=f"{OWN} AND {PILOTED} AND issued_by_id = (SELECT sec.account())",
        ),
        foreign_key(
            "reports_report",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
    ]
