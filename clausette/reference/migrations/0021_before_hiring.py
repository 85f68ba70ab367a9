"""The dated usage on training before hiring, where the controls were loaded without it."""

from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.parameters import CONTROL_PARAMETERS


def load(apps: Any, schema_editor: Any) -> None:
    """Write what the table does not know yet."""
    dated = apps.get_model("reference", "DatedParameter")
    known = set(dated.objects.values_list("code", flat=True))
    for row in CONTROL_PARAMETERS:
        if row.code not in known:
            dated.objects.create(
                code=row.code, zone=Zone.FRANCE, value=row.value, unit=row.unit, label=row.label,
                valid_from=row.starts_on, source=row.source, reliability=row.reliability,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0020_deposit")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
