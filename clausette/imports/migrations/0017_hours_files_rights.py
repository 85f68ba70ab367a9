"""Rights of the files of hours: each sender's own; whoever pilots a market sees which file filled its statements."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = (
    "owner_org_id = (SELECT sec.organisation()) AND ((SELECT sec.capable('facilitator')) "
    "OR (SELECT sec.capable('contractor')) OR (SELECT sec.capable('employer')))"
)
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0016_hours_files"), ("hours", "0002_rights")]
    operations: ClassVar = [
        *protect("imports_hoursfile", see=OWN, verbs="INSERT, UPDATE"),
        # lines are what was read, not what was done: read again, they are replaced
        *protect("imports_hoursfileline", see=OWN, verbs="INSERT, UPDATE, DELETE"),
        *protect(
            "imports_hoursfilestatement", see=f"({OWN}) OR {PILOTED}", verbs="INSERT, UPDATE", write=OWN
        ),
        *protect("imports_hoursfilecolumns", see=OWN, verbs="INSERT, UPDATE"),
        *protect("imports_hoursfilechoice", see=OWN, verbs="INSERT, UPDATE"),
        foreign_key(
            "imports_hoursfileline", ("batch_id", "owner_org_id"), "imports_hoursfile", ("id", "owner_org_id")
        ),
        foreign_key(
            "imports_hoursfilestatement", ("batch_id", "owner_org_id"), "imports_hoursfile", ("id", "owner_org_id")
        ),
    ]
