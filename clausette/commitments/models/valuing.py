"""Dated rules of an engagement: what it takes of hours not simply worked for it, and how others count."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.commitments.enums import COUNTING_MATTERS, ValuedMatter
from clausette.commitments.models.engagement import Commitment
from clausette.kernel.rows import Row


class ValuedRule(Row):
    """What an engagement says of one matter from a month on. Never changed: followed by another, or withdrawn."""

    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    matter = models.CharField("règle", max_length=20, choices=ValuedMatter)
    control = models.CharField("contrôle", max_length=4, blank=True)
    """Code of a control of hours that speaks (`admitted`) or not, where it is what the rule is of."""
    starts_on = models.DateField("à partir du")
    admitted = models.BooleanField("admis")
    person_most = models.DecimalField("heures par personne", max_digits=8, decimal_places=2, null=True, blank=True)
    hours_most = models.DecimalField("heures au plus", max_digits=10, decimal_places=2, null=True, blank=True)
    share_most = models.DecimalField("part des heures dues", max_digits=5, decimal_places=4, null=True, blank=True)
    days_most = models.PositiveSmallIntegerField("jours avant l’embauche", null=True, blank=True)
    months = models.PositiveSmallIntegerField("mois comptés", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "règle de valorisation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "commitment", "matter", "control", "starts_on", condition=Q(withdrawn_on=None),
                name="commitments_valuedrule_once",
                violation_error_message="Une règle part déjà de ce jour : retirez-la d’abord.",
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_most",
                condition=(Q(person_most=None) | Q(person_most__gt=0)) & (Q(hours_most=None) | Q(hours_most__gt=0))
                & (Q(share_most=None) | Q(share_most__gt=0, share_most__lte=1))
                & (Q(days_most=None) | Q(days_most__lte=365)),
                violation_error_message=(
                    "Un plafond est supérieur à zéro, une part d’au plus 100 %, un délai d’au plus 365 jours."
                ),
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_refused",
                condition=Q(admitted=True)
                | Q(person_most=None, hours_most=None, share_most=None, days_most=None, months=None),
                violation_error_message="Ce qui n’est pas admis n’a pas de plafond.",
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_before",
                condition=Q(matter=ValuedMatter.BEFORE_HIRING) | Q(person_most=None, days_most=None),
                violation_error_message=(
                    "Un plafond par personne et un délai sont ceux d’une formation avant l’embauche."
                ),
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_counting",
                condition=(~Q(matter__in=sorted(COUNTING_MATTERS)) & Q(months=None))
                | (Q(matter=ValuedMatter.CDI, admitted=True, hours_most=None, share_most=None)
                   & (Q(months=None) | Q(months__gte=1, months__lte=120)))
                | Q(matter=ValuedMatter.WORK_STUDY, hours_most=None, share_most=None, months=None)
                | Q(matter=ValuedMatter.TRAINING_CAP, hours_most=None, months=None),
                violation_error_message=(
                    "Des mois (de 1 à 120) sont ceux d’un CDI ; la formation n’a de plafond qu’en part des heures dues."
                ),
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_carried",
                condition=~Q(matter=ValuedMatter.CARRY_OVER, admitted=True)
                | Q(hours_most__isnull=False) | Q(share_most__isnull=False),
                violation_error_message="Un report du surplus a un plafond, en heures ou en part des heures dues.",
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_control",
                condition=(~Q(matter=ValuedMatter.CONTROL) & Q(control=""))
                | Q(matter=ValuedMatter.CONTROL, control__regex=r"^[EWI][0-9]{3}$", hours_most=None, share_most=None),
                violation_error_message="Dites quel contrôle s’éteint ou parle de nouveau, sans plafond.",
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_source", condition=~Q(source=""),
                violation_error_message="Dites où cette règle est écrite.",
            ),
            models.CheckConstraint(
                name="commitments_valuedrule_withdrawn", condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""),
                violation_error_message="Indiquez le motif du retrait.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "matter", "control", "starts_on", "admitted",
            "person_most", "hours_most", "share_most", "days_most", "months", "source", "document", "withdrawn_on",
            "withdrawn_reason",
        }  # fmt: skip
