"""The clock that hears every room, erasing that reaches referrals, the purge that reaches notes and situations."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]
FORMER = "DROP FUNCTION IF EXISTS sec.on_the_clock(date, int, int, int, int, int);"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("privacy", "0008_erased_referrals"), ("outcomes", "0004_fse_rights")]
    operations: ClassVar = [
        migrations.RunSQL(FORMER, migrations.RunSQL.noop),
        *(sec_functions(ROOM / name) for name in ("sec_erase.sql", "sec_retention.sql", "sec_purge.sql")),
    ]
