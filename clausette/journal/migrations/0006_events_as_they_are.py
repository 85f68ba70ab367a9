"""An event of a few kilobytes (the lines of a statement that came in a file) is stored as it is, not compressed.

Compressing the 3,000 events of a file of 100,000 lines took a quarter of a second to save seven megabytes. Beyond a page,
events are still compressed and put aside.
"""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0005_elsewhere_readings")]
    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE journal_event SET (toast_tuple_target = 8160);",
            "ALTER TABLE journal_event RESET (toast_tuple_target);",
        ),
    ]
