"""Values that the controls of hours compare with."""

from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.parameters import CONTROL_PARAMETERS


def load(apps: Any, schema_editor: Any) -> None:
    """Write them where the first facts were loaded without them."""
    dated = apps.get_model("reference", "DatedParameter")
    known = set(dated.objects.values_list("code", flat=True))
    for row in CONTROL_PARAMETERS:
        if row.code not in known:
            dated.objects.create(
                code=row.code, zone=Zone.FRANCE, value=row.value, unit=row.unit, label=row.label,
                valid_from=row.starts_on, source=row.source, reliability=row.reliability,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0016_fse")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
