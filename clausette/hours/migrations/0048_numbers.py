"""Whoever writes a file of hours reserves the numbers of its lines: nothing has to be read back of what is written."""

from typing import ClassVar

from django.db import migrations

SEQUENCES = "hours_hoursline_id_seq, hours_workedmonth_id_seq"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0045_known")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"GRANT USAGE ON SEQUENCE {SEQUENCES} TO clausette_app, clausette_worker",
            f"REVOKE USAGE ON SEQUENCE {SEQUENCES} FROM clausette_app, clausette_worker",
        ),
    ]
