"""Lines already written say where they were worked and who reports them; rights of the new tables."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_balances.sql"
BACKFILL = """
ALTER TABLE hours_hoursline DISABLE TRIGGER hours_line_validated_stays;
UPDATE hours_hoursline l
   SET worked_contract_id = l.contract_id, reporting_org_id = c.owner_org_id,
       added_on = CASE WHEN l.corrects_id IS NOT NULL
                       THEN (l.created_at AT TIME ZONE 'Europe/Paris')::date END
  FROM procurement_contract c WHERE c.id = l.contract_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE hours_hoursline ENABLE TRIGGER hours_line_validated_stays;
"""


def part(column: str, *roles: str) -> str:
    """Condition: the organisation takes part in the contract named by a column, in one of these roles."""
    named = ", ".join(f"'{role}'" for role in roles)
    return f"{column} = ANY ((SELECT sec.contracts({named}))::bigint[])"


IN_CHARGE = ("pilot", "copilot")
FIRMS = ("contractor", "group_member", "subcontractor", "employer")
PILOTED, BOUGHT = part("contract_id", *IN_CHARGE), part("contract_id", "buyer")
OWED = "commitment_id = ANY ((SELECT sec.owed())::bigint[])"
BY_US = "declarant_id = (SELECT sec.organisation())"
DECLARED, DECLARES = f"({BY_US} AND {part('contract_id')})", f"({BY_US} AND {part('contract_id', *FIRMS)})"
# hours worked on one contract and credited to another belong to both
WORKED = f"(worked_contract_id <> contract_id AND {part('worked_contract_id', *IN_CHARGE)})"
WORKED_BOUGHT = f"(worked_contract_id <> contract_id AND {part('worked_contract_id', 'buyer')})"
WORKED_DECLARED = f"({BY_US} AND {part('worked_contract_id')})"


def obliged(field: str, to: str, name: str) -> migrations.AlterField:
    """A column filled for every line is asked of all."""
    key = models.ForeignKey(
        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=to, verbose_name=name
    )
    return migrations.AlterField(model_name="hoursline", name=field, field=key)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0003_balances"), ("placements", "0004_withdrawn_rights")]
    operations: ClassVar = [
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        obliged("worked_contract", "procurement.contract", "marché où la personne a travaillé"),
        obliged("reporting_org", "access.organisation", "structure déclarante"),
        sec_functions(SQL),
        *protect(
            "hours_hoursline",
            see=(
                f"{PILOTED} OR {WORKED} OR {WORKED_DECLARED} OR (state <> 'draft' AND ({BOUGHT} OR {WORKED_BOUGHT} "
                f"OR {OWED}))"
            ),
            verbs="INSERT, UPDATE, DELETE",
            write=f"({PILOTED} AND {part('worked_contract_id', *IN_CHARGE)}) OR {DECLARES}",
            remove=f"state IN ('draft', 'declared') AND ({PILOTED} OR {DECLARES})",
        ),
        *protect(
            "hours_collectivehours",
            see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND ({BOUGHT} OR {OWED}))",
            verbs="INSERT, UPDATE, DELETE",
            write=f"{PILOTED} OR {DECLARES}",
            remove=f"state IN ('draft', 'declared') AND ({PILOTED} OR {DECLARES})",
        ),
        *protect(
            "hours_openingbalance",
            see=f"{PILOTED} OR {BOUGHT} OR {OWED}",
            verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
        *protect(
            "hours_openingbalanceyear",
            see=f"{PILOTED} OR {BOUGHT} OR {OWED}",
            verbs="INSERT",
            write=PILOTED,
        ),
        migrations.RunSQL(
            "ALTER TABLE hours_hoursline DROP CONSTRAINT hours_hoursline_statement_id_same_scope;",
            migrations.RunSQL.noop,
        ),
        foreign_key(
            "hours_hoursline",
            ("statement_id", "worked_contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
        foreign_key(
            "hours_collectivehours",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
        *(
            foreign_key(
                table, ("commitment_id", "contract_id"), "commitments_commitment", ("id", "contract_id")
            )
            for table in ("hours_collectivehours", "hours_openingbalance")
        ),
        foreign_key(
            "hours_openingbalanceyear",
            ("balance_id", "commitment_id", "contract_id"),
            "hours_openingbalance",
            ("id", "commitment_id", "contract_id"),
        ),
        # without an act, hours are credited where they were worked; the act will be named beside this one
        migrations.RunSQL(
            "ALTER TABLE hours_hoursline ADD CONSTRAINT hours_line_credited_where_worked "
            "CHECK (worked_contract_id = contract_id);",
            "ALTER TABLE hours_hoursline DROP CONSTRAINT hours_line_credited_where_worked;",
        ),
    ]
