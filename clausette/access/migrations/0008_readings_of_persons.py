"""The flow of readings counts persons, not the pieces and files that were read too."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0007_idle_accounts"), ("journal", "0003_file_readings")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_reading_flow.sql")]
