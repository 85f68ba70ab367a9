"""What an engagement carries besides its hours, the same on the engagement and on the defaults of a structure."""

from django.db import models
from django.db.models import CheckConstraint, Q

from clausette.commitments.enums import EttAdmission, Periodicity, WorkStudyCounting
from clausette.kernel.rows import Row


class Conditions(Row):
    """Ways of working admitted, rhythm of the statements, penalty, counting rules (empty: those said elsewhere)."""

    ett = models.CharField(
        "intérim classique admis", max_length=20, choices=EttAdmission, default=EttAdmission.ON_APPROVAL
    )
    periodicity = models.CharField(
        "périodicité des relevés", max_length=20, choices=Periodicity, default=Periodicity.MONTHLY
    )
    due_day = models.PositiveSmallIntegerField("relevé attendu le", default=10)
    penalty_multiplier = models.DecimalField("coefficient de pénalité", max_digits=5, decimal_places=2, default=2)
    publics = models.JSONField("publics admis", default=list, blank=True)
    modalities = models.JSONField("modalités admises", default=list, blank=True)
    cdi_months = models.PositiveSmallIntegerField("mois comptés d’un CDI", null=True, blank=True)
    work_study = models.CharField("heures comptées en alternance", max_length=20, choices=WorkStudyCounting, blank=True)
    training_cap = models.DecimalField(
        "part des heures de formation au plus", max_digits=5, decimal_places=4, null=True, blank=True
    )
    validity_months = models.PositiveSmallIntegerField("mois comptés d’une personne", null=True, blank=True)
    confirmed_by_firm = models.BooleanField("heures confirmées par l’entreprise", default=False)
    controls_off = models.JSONField("contrôles éteints", default=list, blank=True)

    class Meta:
        abstract = True


CONDITIONS = frozenset(field.name for field in Conditions._meta.local_fields) - {"id", "uid", "created_at"}
"""Their names: none is personal."""


def conditions_held(table: str) -> tuple[CheckConstraint, ...]:
    """Return the constraints of these columns for a table."""
    return (
        CheckConstraint(
            name=f"{table}_due_day",
            condition=Q(due_day__gte=1) & Q(due_day__lte=28),
            violation_error_message="Le jour attendu du relevé est compris entre 1 et 28.",
        ),
        CheckConstraint(
            name=f"{table}_multiplier",
            condition=Q(penalty_multiplier__gte=0),
            violation_error_message="Le coefficient de pénalité ne peut pas être négatif.",
        ),
        CheckConstraint(
            name=f"{table}_months",
            condition=(Q(cdi_months=None) | Q(cdi_months__gte=1, cdi_months__lte=120))
            & (Q(validity_months=None) | Q(validity_months__gte=1, validity_months__lte=120)),
            violation_error_message="Les mois comptés vont de 1 à 120.",
        ),
        CheckConstraint(
            name=f"{table}_training_cap",
            condition=Q(training_cap=None) | Q(training_cap__gte=0, training_cap__lte=1),
            violation_error_message="La part des heures de formation va de 0 % à 100 %.",
        ),
    )
