"""Months of a CDI, alternance and training are rules said from a month on too."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0015_carry_over_rights")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="valuedrule",
            name="months",
            field=models.PositiveSmallIntegerField("mois comptés", null=True, blank=True),
        ),
        migrations.AlterField(
            model_name="valuedrule",
            name="matter",
            field=models.CharField(
                "règle",
                max_length=20,
                choices=[
                    ("before_hiring", "Formation avant l'embauche"),
                    ("carry_over", "Report du surplus"),
                    ("siae", "Sous-traitance à une structure d'insertion"),
                    ("cdi", "Mois comptés d'un CDI"),
                    ("work_study", "Heures de formation en alternance"),
                    ("training_cap", "Heures de formation, en tout"),
                ],
            ),
        ),
        migrations.RemoveConstraint(model_name="valuedrule", name="commitments_valuedrule_refused"),
        migrations.AddConstraint(
            model_name="valuedrule",
            constraint=models.CheckConstraint(
                name="commitments_valuedrule_refused",
                condition=Q(admitted=True)
                | Q(person_most=None, hours_most=None, share_most=None, days_most=None, months=None),
                violation_error_message="Ce qui n’est pas admis n’a pas de plafond.",
            ),
        ),
        migrations.AddConstraint(
            model_name="valuedrule",
            constraint=models.CheckConstraint(
                name="commitments_valuedrule_counting",
                condition=(~Q(matter__in=["cdi", "training_cap", "work_study"]) & Q(months=None))
                | (
                    Q(matter="cdi", admitted=True, hours_most=None, share_most=None)
                    & (Q(months=None) | Q(months__gte=1, months__lte=120))
                )
                | Q(matter="work_study", hours_most=None, share_most=None, months=None)
                | Q(matter="training_cap", hours_most=None, months=None),
                violation_error_message=(
                    "Des mois (de 1 à 120) sont ceux d’un CDI ; la formation n’a de plafond qu’en part des heures dues."
                ),
            ),
        ),
    ]
