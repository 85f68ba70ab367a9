"""The context of rights is asked hundreds of times for one line of hours: the same answers, at half the cost."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0011_deposit_idle")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_asked_often.sql")]
