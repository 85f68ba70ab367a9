"""Readings kept of progress are brought up to date by the file that writes hours; marks tell what was written."""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import sec_functions


def proved(field: str, to: str, name: str) -> migrations.AlterField:
    """A column of the marks that the composite foreign key proves."""
    key = models.ForeignKey(
        db_constraint=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=to, verbose_name=name
    )  # fmt: skip
    return migrations.AlterField(model_name="staleprogress", name=field, field=key)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0048_numbers"), ("procurement", "0015_asked_often")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="keptprogress", name="expected",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(), default=list, verbose_name="mois attendus"
            ),
        ),
        migrations.AddField(
            model_name="keptprogress", name="revision", field=models.BigIntegerField(default=0, verbose_name="révision")
        ),
        migrations.AddField(
            model_name="staleprogress", name="only_hours",
            field=models.BooleanField(default=False, verbose_name="heures seules"),
        ),
        proved("commitment", "commitments.commitment", "engagement"),
        proved("contract", "procurement.contract", "marché"),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_kept_hours.sql"),
    ]  # fmt: skip
