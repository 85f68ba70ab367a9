"""Pieces of a firm for a contract, handed in and read again also in a « dépôt sans compte » (ADR 0020)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_ref = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
DEPOSITED = "(owner_org_id = (SELECT sec.firm()) AND contract_ref = ANY ((SELECT sec.deposited())::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0009_file_of_owner"), ("procurement", "0009_deposits")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql"),
        *protect(
            "files_storedfile",
            see=f"{OWN} OR {PILOTED} OR {DEPOSITED}",
            verbs="INSERT",
            write=f"({OWN} OR {DEPOSITED}) AND deposited_by_id = (SELECT sec.account())",
        ),
    ]
