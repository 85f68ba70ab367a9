"""The function behind the sign-in page of the demonstration."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0002_rights")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_demonstration.sql"),
    ]
