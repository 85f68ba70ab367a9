"""A surplus carried over is a signed act too: hours, ceiling of the receiving engagement, hours due that stay."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0011_valued_rules_rights")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="commitmentact", name="commitments_act_content"),
        migrations.AddField(
            model_name="commitmentact",
            name="kept",
            field=models.DecimalField(
                "heures dues, gardées", max_digits=10, decimal_places=2, null=True, blank=True
            ),
        ),
        migrations.AlterField(
            model_name="commitmentact",
            name="kind",
            field=models.CharField(
                "acte",
                max_length=20,
                choices=[
                    ("move", "Mouvement d'heures dues"),
                    ("transfer", "Transfert à un autre titulaire"),
                    ("globalisation", "Globalisation"),
                    ("carry_over", "Report du surplus"),
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentact",
            constraint=models.CheckConstraint(
                name="commitments_act_content",
                condition=Q(kind="globalisation", hours=None, ceiling__gt=0, kept=None)
                | Q(kind="carry_over", hours__gt=0, ceiling__gte=F("hours"), kept__gte=0, ends_on=None)
                | (Q(kind__in=["move", "transfer"]) & Q(hours__gt=0, ceiling=None, kept=None)),
                violation_error_message=(
                    "Une globalisation a un plafond d’heures ; un mouvement ou un transfert a des heures ; un report "
                    "du surplus a les deux, et les heures dues qui restent."
                ),
            ),
        ),
    ]
