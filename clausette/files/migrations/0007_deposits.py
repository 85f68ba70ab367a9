"""Pieces of a firm for a contract, handed in and read again also in a « dépôt sans compte » (ADR 0019)."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_ref = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
DEPOSITED = "(owner_org_id = (SELECT sec.firm()) AND contract_ref = ANY ((SELECT sec.deposited())::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0006_masked"), ("procurement", "0009_deposits")]
    operations: ClassVar = [
        *protect(
            "files_storedfile",
            see=f"{OWN} OR {PILOTED} OR {DEPOSITED}",
            verbs="INSERT",
            write=f"({OWN} OR {DEPOSITED}) AND deposited_by_id = (SELECT sec.account())",
        ),
    ]
