"""A large official file is read by the worker; one that cannot be read may be sent again (docs/adr/0010)."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0008_takeover_reading")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[("reading", "Lecture en cours"), ("unreadable", "Illisible"), ("read", "Lu, à confirmer"), ("applying", "En cours"), ("applied", "Appliqué"), ("cancelled", "Abandonné")],
                default="read", max_length=20, verbose_name="état",
            ),
        ),
        migrations.RemoveConstraint(model_name="importbatch", name="imports_batch_once"),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.UniqueConstraint(
                models.F("owner_org"), models.F("kind"), models.F("sha256"),
                condition=models.Q(("state__in", ("cancelled", "unreadable")), _negated=True), name="imports_batch_once",
                violation_error_message="Ce fichier a déjà été importé.",
            ),
        ),
    ]
