"""A new statement is handed over at once by a member only: who acts by a mandate hands over by a change, which names it."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BOUGHT = "contract_id = ANY ((SELECT sec.contracts('buyer'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"
BY_NONE = "(state = 'draft' OR cardinality((SELECT sec.mandates_used())) = 0)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0035_statement_piece_rights"), ("procurement", "0012_named")]
    operations: ClassVar = protect(
        "hours_statement",
        see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND {BOUGHT})",
        verbs="INSERT, UPDATE",
        write=f"{PILOTED} OR {DECLARES}",
        insert=f"mandate_id IS NULL AND {BY_NONE} AND ({PILOTED} OR {DECLARES})",
    )
