"""Who declares without an account names people not in the list too, and reads what they declared (ADR 0020)."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0025_prior_training_rights")]
    operations: ClassVar = [
        *protect(
            "hours_unlistedperson",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, UPDATE, DELETE",
            write=PILOTED,
            insert=DECLARES,
            remove=f"state = 'waiting' AND {DECLARES}",
        ),
        *protect(
            "hours_priortraining",
            see=f"{PILOTED} OR {DECLARED}",
            verbs="INSERT, DELETE",
            write=f"{PILOTED} OR {DECLARES}",
        ),
    ]
