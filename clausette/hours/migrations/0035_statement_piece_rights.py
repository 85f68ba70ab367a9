"""Rights of the pieces of statements: the declarant and the structures in charge; never once validated."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"
OPEN = "EXISTS (SELECT FROM hours_statement s WHERE s.id = statement_id AND s.state <> 'validated')"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0034_statement_piece")]
    operations: ClassVar = [
        *protect(
            "hours_statementpiece",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, UPDATE, DELETE",
            write=f"({PILOTED} OR {DECLARES}) AND {OPEN}",
        ),
        foreign_key(
            "hours_statementpiece",
            ("statement_id", "contract_id", "declarant_id", "month"),
            "hours_statement",
            ("id", "contract_id", "declarant_id", "month"),
        ),
    ]
