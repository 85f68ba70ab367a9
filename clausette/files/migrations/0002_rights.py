"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_ref = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0001_initial"), ("access", "0002_rights")]
    operations: ClassVar = [
        *protect(
            "files_storedfile",
            see=f"{OWN} OR {PILOTED}",
            verbs="INSERT",
            write=f"{OWN} AND deposited_by_id = (SELECT sec.account())",
        ),
    ]
