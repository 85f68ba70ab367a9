"""Rights of the published changes: the structure that follows the contract reads them and says they are dealt with."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation())"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0003_official_changes"), ("procurement", "0002_rights")]
    operations: ClassVar = [
        *protect(
            "imports_officialchange",
            see=OWN,
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {PILOTED} AND (SELECT sec.capable('facilitator'))",
        ),
        foreign_key(
            "imports_officialchange",
            ("batch_id", "owner_org_id"),
            "imports_importbatch",
            ("id", "owner_org_id"),
        ),
    ]
