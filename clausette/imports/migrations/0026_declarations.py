"""What a takeover made is undone knowing that lines of hours are proved by way of their declaration (ADR 0028)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0025_mandates"), ("hours", "0052_declarations")]
    operations: ClassVar = [sec_functions(SQL)]
