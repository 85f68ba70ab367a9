"""Two records reunited: notices and holds that both have; a contact changed since is something written."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_twins.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0018_home_means")]
    operations: ClassVar = [sec_functions(SQL)]
