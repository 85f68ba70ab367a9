"""Whose the person of a mise à disposition is, beside the contract: `sec.persons` enters by it those of others alone."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_whose.sql"
COPIED = """
UPDATE placements_allocation a SET owner_org_id = p.owner_org_id FROM placements_placement p WHERE p.id = a.placement_id;
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED
"""


def _whose(**options: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="access.organisation",
        verbose_name="structure", **options,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("placements", "0004_withdrawn_rights"), ("access", "0002_rights")]
    operations: ClassVar = [
        migrations.AddField("allocation", "owner_org", _whose(null=True)),
        migrations.RunSQL(COPIED, migrations.RunSQL.noop),
        migrations.AlterField("allocation", "owner_org", _whose()),
        migrations.AddConstraint(
            "placement", models.UniqueConstraint("id", "owner_org", name="placements_placement_of_owner")
        ),
        migrations.AddIndex(
            "allocation", models.Index(fields=["contract", "owner_org"], name="placements_allocation_whose")
        ),
        foreign_key(
            "placements_allocation", ("owner_org_id", "placement_id"), "placements_placement", ("owner_org_id", "id")
        ),
        sec_functions(SQL),
    ]
