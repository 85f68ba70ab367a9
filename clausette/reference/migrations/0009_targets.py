"""The target of the PNAD, with which the share of a buyer is compared."""

from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.parameters import PARAMETERS

CODE = "pnad_social_share"


def load(apps: Any, schema_editor: Any) -> None:
    """Write it where the first facts were loaded without it."""
    dated = apps.get_model("reference", "DatedParameter")
    if dated.objects.filter(code=CODE).exists():
        return
    row = next(row for row in PARAMETERS if row.code == CODE)
    dated.objects.create(
        code=row.code, zone=Zone.FRANCE, value=row.value, unit=row.unit, label=row.label, valid_from=row.starts_on,
        source=row.source, reliability=row.reliability,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0008_follow_up")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
