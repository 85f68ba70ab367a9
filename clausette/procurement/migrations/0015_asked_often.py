"""The contracts of the context, asked once by table that a query reads: the same, at half the cost (ADR 0023)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0014_known"), ("access", "0012_asked_often")]
    operations: ClassVar = [sec_functions(Path(__file__).resolve().parents[1] / "sec_asked_often.sql")]
