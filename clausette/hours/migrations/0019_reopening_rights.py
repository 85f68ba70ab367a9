"""Rights of the requests to reopen a month; a justification is written again when the month is validated again."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_reopenings.sql"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
DECLARED = (
    "(declarant_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
)
SIGNED = f"{PILOTED} AND written_by_id = (SELECT sec.account())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0018_reopenings")]
    operations: ClassVar = [
        sec_functions(SQL),
        # who declared reads that a month was reopened, and why; what is only asked stays between the structures
        *protect(
            "hours_reopening", see=f"{PILOTED} OR (state = 'done' AND {DECLARED})", verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
        *protect(
            "hours_justification",
            see=f"{PILOTED} OR written_by_id = (SELECT sec.account())",
            verbs="INSERT, UPDATE",
            write=SIGNED,
        ),
        # a colleague writes another answer in the place of one's own, and signs it
        migrations.RunSQL(
            "DROP POLICY app_update ON hours_justification; CREATE POLICY app_update ON hours_justification FOR UPDATE "
            f"TO clausette_app USING ({PILOTED}) WITH CHECK ({SIGNED});",
            migrations.RunSQL.noop,
        ),
        foreign_key(
            "hours_reopening",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
    ]  # fmt: skip
