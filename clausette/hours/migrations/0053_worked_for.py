"""Work contract, employer and structure of a worked month are those of the work contract, by one key (ADR 0028)."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import foreign_key

TABLE = "hours_workedmonth"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0052_declarations"), ("placements", "0010_placement_of_both")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"""UPDATE {TABLE} w SET owner_org_id = p.owner_org_id FROM placements_placement p
                 WHERE p.id = w.placement_id AND p.owner_org_id <> w.owner_org_id;
                SET CONSTRAINTS ALL IMMEDIATE;
                SET CONSTRAINTS ALL DEFERRED;
                ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_placement_id_same_scope;""",
            migrations.RunSQL.noop,
        ),
        foreign_key(
            TABLE, ("placement_id", "employer_id", "owner_org_id"),
            "placements_placement", ("id", "employer_id", "owner_org_id"),
        ),
        migrations.AlterField(
            "workedmonth", "owner_org",
            models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="access.organisation", verbose_name="structure",
            ),
        ),
    ]  # fmt: skip
