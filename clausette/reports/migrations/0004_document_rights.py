"""Rights of the documents of any scope and of their files; nothing issued is changed, even by the owner."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BOUGHT = "contract_id = ANY ((SELECT sec.contracts('buyer'))::bigint[])"
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"
GIVEN = "contract_id IS NULL AND recipient_id = (SELECT sec.organisation())"
KNOWN = "EXISTS (SELECT 1 FROM reports_report r WHERE r.id = report_id)"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0003_documents"), ("hours", "0002_rights")]
    operations: ClassVar = [
        migrations.RemoveField("report", "content"),
        migrations.RemoveField("report", "content_sha256"),
        sec_functions(SQL),
        *protect(
            "reports_report",
            see=f"{OWN} OR (audience = 'parties' AND ({PILOTED} OR {BOUGHT} OR {OWED} OR ({GIVEN})))",
            verbs="INSERT",
            write=(
                f"{OWN} AND (contract_id IS NULL OR {PILOTED}) AND issued_by_id = (SELECT sec.account()) "
                "AND (SELECT sec.capable('facilitator')) "
                "AND (operation_id IS NULL OR operation_id IN (SELECT unnest(sec.operations())))"
            ),
        ),
        *protect("reports_reportfile", see=KNOWN, verbs="INSERT", write=f"{OWN} AND {KNOWN}"),
        foreign_key(
            "reports_reportfile", ("report_id", "owner_org_id"), "reports_report", ("id", "owner_org_id")
        ),
    ]
