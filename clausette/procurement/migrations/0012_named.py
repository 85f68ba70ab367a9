"""Names and addresses of who declared for a firm go when they are not used any more."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0011_asked")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_named.sql")]
