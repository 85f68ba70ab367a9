"""Rights of the takeover: workbooks and their lines belong to the structure that sent them."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0005_takeover")]
    operations: ClassVar = [
        *protect("imports_takeoverbatch", see=OWN, verbs="INSERT, UPDATE"),
        # lines are what was read, not what was done: read again, they are replaced
        *protect(
            "imports_takeoverline",
            see=OWN,
            verbs="INSERT, UPDATE, DELETE",
        ),
        *protect("imports_takeovermade", see=OWN, verbs="INSERT"),
        *protect("imports_columnmapping", see=OWN, verbs="INSERT, UPDATE"),
        foreign_key(
            "imports_takeoverline", ("batch_id", "owner_org_id"), "imports_takeoverbatch", ("id", "owner_org_id")
        ),
        foreign_key(
            "imports_takeovermade", ("batch_id", "owner_org_id"), "imports_takeoverbatch", ("id", "owner_org_id")
        ),
    ]
