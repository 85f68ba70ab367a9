"""Rights of the communes: read by everybody, written by the owner's command alone."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0014_communes")]
    operations: ClassVar = [*protect("reference_commune", see="true", verbs="")]
