"""Hours without names are proposed for correction as lines are: the proposal then names no work contract."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_proposals.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0049_kept_hours")]
    operations: ClassVar = [
        migrations.AlterField(
            "correctionproposal", "placement",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="placements.placement", verbose_name="mise à l’emploi",
            ),
        ),
        migrations.RemoveConstraint("correctionproposal", "hours_proposal_open_once"),
        migrations.AddConstraint(
            "correctionproposal",
            models.UniqueConstraint(
                fields=["statement", "placement", "commitment", "kind"], condition=Q(state="open"),
                name="hours_proposal_open_once", nulls_distinct=False,
                violation_error_message="Une correction est déjà proposée pour cette ligne.",
            ),
        ),
        migrations.RemoveConstraint("correctionproposal", "hours_proposal_hours"),
        migrations.AddConstraint(
            "correctionproposal",
            models.CheckConstraint(
                condition=Q(hours__gte=0) & (Q(hours__lte=744) | Q(placement=None)) & ~Q(hours=F("validated")),
                name="hours_proposal_hours",
                violation_error_message="Les heures proposées sont comprises entre 0 et 744, et changent la ligne.",
            ),
        ),
        sec_functions(SQL),
    ]  # fmt: skip
