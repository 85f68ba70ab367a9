"""Statement, engagement and structure of a line are proved once for all the lines that name the same (ADR 0028)."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_declarations.sql"
KEY = "statement_id, commitment_id, reporting_org_id, worked_contract_id, contract_id, declarant_id, month"
OLD = ("hours_hoursline_statement_id_same_scope", "hours_hoursline_commitment_id_same_scope")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0051_whole_proposals")]
    operations: ClassVar = [
        sec_functions(SQL),
        migrations.RunSQL(
            f"""INSERT INTO sec.declarations ({KEY}) SELECT DISTINCT {KEY} FROM hours_hoursline;
                SET CONSTRAINTS ALL IMMEDIATE;
                SET CONSTRAINTS ALL DEFERRED;
                ALTER TABLE hours_hoursline {', '.join(f'DROP CONSTRAINT {name}' for name in OLD)},
                  ADD CONSTRAINT hours_line_declaration FOREIGN KEY ({KEY}) REFERENCES sec.declarations ({KEY})
                  DEFERRABLE INITIALLY DEFERRED;""",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "hoursline", "reporting_org",
            models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="access.organisation", verbose_name="structure déclarante",
            ),
        ),
    ]  # fmt: skip
