"""Many lines at once: the hours of persons told together, the sum of a worked month checked once a statement of SQL."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0016_confirmation_rights")]
    operations: ClassVar = [sec_functions(ROOM / f"sec_{name}.sql") for name in ("within", "files")]
