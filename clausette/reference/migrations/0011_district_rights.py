"""Rights of the districts: read by everybody, written by the owner's command alone."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0010_districts"), ("access", "0002_rights")]
    operations: ClassVar = [
        *protect("reference_district", see="true", verbs=""),
        *protect("reference_districtring", see="true", verbs=""),
    ]
