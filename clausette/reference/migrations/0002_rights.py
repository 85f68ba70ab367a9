"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0001_initial")]
    operations: ClassVar = [
        *protect("reference_datedparameter", see="true", verbs=""),
        *protect("reference_legalarticle", see="true", verbs=""),
        *protect("reference_eligiblecategory", see="true", verbs=""),
    ]
