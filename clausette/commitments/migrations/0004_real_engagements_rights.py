"""Rights of the tables of real engagements; what was known of older rows is written in the new columns."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
SEEN = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
KNOWN = "commitment_id = ANY ((SELECT sec.commitments())::bigint[])"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"
TYPED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"
MEMBER = (
    "organisation_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[])"
)
DECLARES = f"declarant_id = (SELECT sec.organisation()) AND ({TYPED} OR {OWED})"
ENDS = ("from", "to")
SQL = Path(__file__).resolve().parents[1] / "sec_shares.sql"
KNOWN_SINCE = """
UPDATE commitments_commitment AS owed SET lead_org_id = bought.owner_org_id
  FROM procurement_contract AS bought WHERE bought.id = owed.contract_id AND owed.lead_org_id IS NULL;
UPDATE commitments_commitmentversion AS said SET ends_on = owed.ends_on
  FROM commitments_commitment AS owed WHERE owed.id = said.commitment_id AND said.ends_on IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


def _act_seen() -> str:
    sides = [f"{side}_{SEEN} OR {side}_{OWED}" for side in ENDS]
    return " OR ".join([OWN, *sides])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0003_real_engagements"), ("procurement", "0002_rights")]
    operations: ClassVar = [
        migrations.RunSQL(KNOWN_SINCE, migrations.RunSQL.noop),
        migrations.AlterField(
            "commitment",
            "lead_org",
            models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="access.organisation",
                verbose_name="structure référente",
            ),
        ),
        migrations.AlterField("commitmentversion", "ends_on", models.DateField(verbose_name="terme")),
        sec_functions(SQL),
        # the counting rules of a structure are read with its contracts, by all who take part in one
        *protect(
            "commitments_structuredefaults",
            see=f"{OWN} OR owner_org_id IN (SELECT owner_org_id FROM procurement_contract)",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND (SELECT sec.capable('facilitator'))",
        ),
        *protect("commitments_subtarget", see=f"{SEEN} OR {KNOWN}", verbs="INSERT", write=PILOTED),
        *protect(
            "commitments_groupshare",
            see=f"{SEEN} OR {KNOWN} OR ({MEMBER})",
            verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
        *protect(
            "commitments_basehours",
            see=f"{SEEN} OR {OWED}",
            verbs="INSERT, UPDATE",
            write=f"{TYPED} OR ({DECLARES})",
            insert=f"({DECLARES}) AND declared_by_id = (SELECT sec.account())",
        ),
        *protect(
            "commitments_commitmentact",
            see=_act_seen(),
            verbs="INSERT, UPDATE",
            write=" AND ".join([OWN, *(f"{side}_{PILOTED}" for side in ENDS)]),
        ),
        foreign_key(
            "commitments_subtarget",
            ("version_id", "commitment_id", "contract_id"),
            "commitments_commitmentversion",
            ("id", "commitment_id", "contract_id"),
        ),
        *(
            foreign_key(
                table, ("commitment_id", "contract_id"), "commitments_commitment", ("id", "contract_id")
            )
            for table in ("commitments_groupshare", "commitments_basehours")
        ),
        *(
            foreign_key(
                "commitments_commitmentact",
                (f"{side}_commitment_id", f"{side}_contract_id"),
                "commitments_commitment",
                ("id", "contract_id"),
            )
            for side in ENDS
        ),
    ]
