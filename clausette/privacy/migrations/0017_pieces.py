"""Pieces of referrals are erased with the person, leave with the reasons, and are purged after the decision."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0016_piece_category"), ("participants", "0026_referral_piece_rights")]
    operations: ClassVar = [
        sec_functions(ROOM / name)
        for name in ("sec_retention.sql", "sec_erase.sql", "sec_purge.sql", "sec_files.sql")
    ]
