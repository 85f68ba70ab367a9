"""A « dépôt sans compte » left without a gesture ends after half an hour."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0010_mandates")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit_idle.sql")]
