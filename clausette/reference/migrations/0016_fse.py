"""Ages and delays of the common indicators of the FSE+."""

from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.parameters import FSE_PARAMETERS


def load(apps: Any, schema_editor: Any) -> None:
    """Write them where the first facts were loaded without them."""
    dated = apps.get_model("reference", "DatedParameter")
    for row in FSE_PARAMETERS:
        if not dated.objects.filter(code=row.code).exists():
            dated.objects.create(
                code=row.code, zone=Zone.FRANCE, value=row.value, unit=row.unit, label=row.label,
                valid_from=row.starts_on, source=row.source, reliability=row.reliability,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0015_commune_rights")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
