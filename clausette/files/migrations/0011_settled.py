"""What a piece in quarantine became; one destroyed meanwhile is not brought back."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("files", "0010_deposits")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_settled.sql")]
