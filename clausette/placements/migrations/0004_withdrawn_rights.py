"""What was withdrawn is seen by its structure only: the functions of rights leave it out."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("placements", "0003_withdrawn")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_withdrawn.sql")]
