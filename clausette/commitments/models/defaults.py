"""What a structure proposes for each new engagement, and the counting rules of those that say nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.commitments.enums import EttAdmission, Periodicity, WorkStudyCounting
from clausette.commitments.models.counting import counting_constraints
from clausette.kernel.rows import Row


class StructureDefaults(Row):
    """« Règles par défaut » of a structure: one row, changed in place, each change journalled."""

    owner_org = models.OneToOneField(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
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

    class Meta:
        verbose_name = "règles par défaut"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="commitments_defaults_due_day", condition=Q(due_day__gte=1) & Q(due_day__lte=28),
                violation_error_message="Le jour attendu du relevé est compris entre 1 et 28.",
            ),
            models.CheckConstraint(
                name="commitments_defaults_multiplier", condition=Q(penalty_multiplier__gte=0),
                violation_error_message="Le coefficient de pénalité ne peut pas être négatif.",
            ),
            *counting_constraints("commitments_defaults"),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "ett", "periodicity", "due_day", "penalty_multiplier",
            "publics", "modalities", "cdi_months", "work_study", "training_cap", "validity_months",
        }  # fmt: skip
