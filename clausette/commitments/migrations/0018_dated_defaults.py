"""Default rules of a structure are dated: those written so far hold from the start."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from clausette.kernel.protection import sec_functions

TABLE = "structuredefaults"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0017_known")]
    operations: ClassVar = [
        migrations.AlterField(
            TABLE,
            "owner_org",
            models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="access.organisation",
                verbose_name="structure",
            ),
        ),
        migrations.AddField(TABLE, "starts_on", models.DateField("à partir du", null=True, blank=True)),
        migrations.AddField(TABLE, "reason", models.CharField("motif", max_length=300, blank=True, default="")),
        migrations.AddField(TABLE, "withdrawn_on", models.DateField("retirées le", null=True, blank=True)),
        migrations.AddField(
            TABLE, "withdrawn_reason", models.CharField("motif du retrait", max_length=300, blank=True, default="")
        ),
        migrations.AlterField(TABLE, "reason", models.CharField("motif", max_length=300, blank=True)),
        migrations.AlterField(
            TABLE, "withdrawn_reason", models.CharField("motif du retrait", max_length=300, blank=True)
        ),
        migrations.AddConstraint(
            TABLE,
            models.UniqueConstraint(
                fields=["owner_org", "starts_on"],
                condition=Q(withdrawn_on=None),
                nulls_distinct=False,
                name="commitments_defaults_once",
                violation_error_message="Des règles partent déjà de ce jour : rechargez la page.",
            ),
        ),
        migrations.AddConstraint(
            TABLE,
            models.CheckConstraint(
                name="commitments_defaults_withdrawn",
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""),
                violation_error_message="Indiquez le motif du retrait.",
            ),
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_defaults.sql"),
    ]
