"""Parts stand for a tranche or a period; amounts behind the hours due are the same for all who read an engagement."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

SEEN = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
KNOWN = "commitment_id = ANY ((SELECT sec.commitments())::bigint[])"
TYPED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"
DECLARES = f"declarant_id = (SELECT sec.organisation()) AND ({TYPED} OR {OWED})"
SQL = Path(__file__).resolve().parents[1] / "sec_amounts.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("commitments", "0004_real_engagements_rights"),
        ("procurement", "0004_real_contracts_rights"),
        ("placements", "0002_rights"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "commitmentpart",
            "phase",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="procurement.contractphase",
                verbose_name="tranche ou période",
            ),
        ),
        foreign_key(
            "commitments_commitmentpart",
            ("phase_id", "contract_id"),
            "procurement_contractphase",
            ("id", "contract_id"),
        ),
        # whoever reads the hours due of an engagement reads what they rest on: the figures are the same for all
        *protect(
            "commitments_basehours",
            see=f"{SEEN} OR {KNOWN}",
            verbs="INSERT, UPDATE",
            write=f"{TYPED} OR ({DECLARES})",
            insert=f"({DECLARES}) AND declared_by_id = (SELECT sec.account())",
        ),
        sec_functions(SQL),
    ]
