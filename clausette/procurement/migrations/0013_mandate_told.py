"""The link of a mandate is sent again, with thirty more days; the administrators of who holds one are told of it."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0012_named")]
    operations: ClassVar = [
        migrations.AddField(
            "mandate", "sent_at", models.DateTimeField(blank=True, null=True, verbose_name="lien renvoyé le")
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_mandate.sql"),
    ]
