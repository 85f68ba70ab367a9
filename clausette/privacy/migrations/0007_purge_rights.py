"""Rights of the purge, and the clock that knows sealed reasons and erased persons."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0006_purges")]
    operations: ClassVar = [
        *protect("privacy_purgebatch", see=OWN, verbs="INSERT", write=f"{OWN} AND (SELECT sec.is_admin())"),
        sec_functions(ROOM / "sec_retention.sql"),
        sec_functions(ROOM / "sec_purge.sql"),
    ]
