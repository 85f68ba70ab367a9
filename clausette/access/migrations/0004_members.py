"""The function behind « retirer la double authentification » of a member."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0003_demonstration_accounts")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_members.sql"),
    ]
