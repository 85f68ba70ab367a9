"""One engagement is looked for among those known by a key all the way (ADR 0027)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0018_dated_defaults")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_known_row.sql")]
