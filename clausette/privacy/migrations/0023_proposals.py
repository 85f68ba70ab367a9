"""Why a correction was proposed, and what was answered, are forgotten with the person."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_erase.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0022_statement_pieces"), ("hours", "0038_proposal_rights")]
    operations: ClassVar = [sec_functions(SQL)]
