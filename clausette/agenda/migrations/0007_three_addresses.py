"""Who is written to, of an organisation or of a mandate, is said by one function: reminders and answers had it each."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agenda", "0005_answered")]
    operations: ClassVar = [
        sec_functions(ROOM / f"sec_{name}.sql") for name in ("members", "mandates", "answered")
    ]
