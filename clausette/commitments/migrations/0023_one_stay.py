"""Rules of an engagement and of a structure are kept as they were written by one function, not by two alike."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0020_controls_by_month")]
    operations: ClassVar = [
        sec_functions(ROOM / "sec_valuing.sql"),
        sec_functions(ROOM / "sec_defaults.sql"),
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS sec.valued_rule_stays(), sec.defaults_stay()", migrations.RunSQL.noop
        ),
    ]
