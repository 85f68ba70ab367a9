"""An engagement switches a control of hours off, or on again, from a day on."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0019_known_row")]
    operations: ClassVar = [
        migrations.AddField(
            "valuedrule", "control", models.CharField("contrôle", max_length=4, blank=True, default=""), preserve_default=False
        ),
        migrations.AlterField(
            "valuedrule",
            "matter",
            models.CharField(
                "règle",
                max_length=20,
                choices=[
                    ("before_hiring", "Formation avant l'embauche"),
                    ("carry_over", "Report du surplus"),
                    ("siae", "Sous-traitance à une structure d'insertion"),
                    ("cdi", "Mois comptés d'un CDI"),
                    ("work_study", "Heures de formation en alternance"),
                    ("training_cap", "Heures de formation, en tout"),
                    ("control", "Contrôle des heures"),
                ],
            ),
        ),
        migrations.RemoveConstraint("valuedrule", "commitments_valuedrule_once"),
        migrations.AddConstraint(
            "valuedrule",
            models.UniqueConstraint(
                "commitment",
                "matter",
                "control",
                "starts_on",
                condition=Q(withdrawn_on=None),
                name="commitments_valuedrule_once",
                violation_error_message="Une règle part déjà de ce jour : retirez-la d’abord.",
            ),
        ),
        migrations.AddConstraint(
            "valuedrule",
            models.CheckConstraint(
                name="commitments_valuedrule_control",
                condition=(~Q(matter="control") & Q(control=""))
                | Q(matter="control", control__regex=r"^[EWI][0-9]{3}$", hours_most=None, share_most=None),
                violation_error_message="Dites quel contrôle s’éteint ou parle de nouveau, sans plafond.",
            ),
        ),
    ]
