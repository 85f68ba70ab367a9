"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0001_initial"), ("procurement", "0002_rights")]
    operations: ClassVar = [
        *protect("imports_importbatch", see=OWN, verbs="INSERT, UPDATE", write=f"{OWN} AND {FACILITATOR}"),
        *protect("imports_importrow", see=OWN, verbs="INSERT, UPDATE", write=f"{OWN} AND {FACILITATOR}"),
        *protect(
            "imports_externalreference", see=OWN, verbs="INSERT, UPDATE", write=f"{OWN} AND {FACILITATOR}"
        ),
        foreign_key(
            "imports_importrow", ("batch_id", "owner_org_id"), "imports_importbatch", ("id", "owner_org_id")
        ),
    ]
