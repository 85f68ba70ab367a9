"""What the database holds of a surplus carried over, whoever writes."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_carried.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0014_carry_over")]
    operations: ClassVar = [sec_functions(SQL)]
