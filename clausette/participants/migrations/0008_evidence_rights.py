"""Rights of the choices on papers: the structure itself; only its administrators write."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0007_evidence_rules"), ("access", "0002_rights")]
    operations: ClassVar = [
        *protect(
            "participants_evidencerule", see=OWN, verbs="INSERT, UPDATE", write=f"{OWN} AND (SELECT sec.is_admin())"
        ),
    ]
