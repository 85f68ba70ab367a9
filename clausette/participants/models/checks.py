"""Checks of eligibility, and the compartment of their reasons, each with its own policy."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from clausette.kernel.rows import Row
from clausette.participants.enums import CheckState
from clausette.participants.models.persons import Participant
from clausette.participants.sealing import SEALED_LENGTH


class EligibilityCheck(Row):
    """A check of eligibility: its decision and its dates, without any reason."""

    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(
        "procurement.Contract",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="pour ce marché",
    )
    state = models.CharField("état", max_length=20, choices=CheckState)
    asked_on = models.DateField("demandée le")
    decided_on = models.DateField("décidée le", null=True, blank=True)
    hire_before = models.DateField("valable pour une embauche avant le", null=True, blank=True)
    pass_ends_on = models.DateField("fin du PASS IAE", null=True, blank=True)
    decided_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="décidée par"
    )

    class Meta:
        verbose_name = "vérification d’éligibilité"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "participant", name="participants_check_of_participant"),
            models.UniqueConstraint("id", "owner_org", name="participants_check_of_owner"),
            models.CheckConstraint(
                name="participants_check_decision",
                condition=(
                    Q(state__in=[CheckState.ELIGIBLE, CheckState.NOT_ELIGIBLE, CheckState.EXPIRED])
                    & Q(decided_on__isnull=False) & Q(decided_by__isnull=False)
                )
                | (
                    Q(state__in=[CheckState.PROPOSED, CheckState.IN_REVIEW, CheckState.INCOMPLETE,
                                 CheckState.WITHDRAWN])
                    & Q(decided_on=None) & Q(decided_by=None)
                ),
                violation_error_message="Une décision porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                name="participants_check_hire_before",
                condition=~Q(state=CheckState.ELIGIBLE)
                | (Q(hire_before__isnull=False) & Q(hire_before__gte=F("decided_on"))),
                violation_error_message="Une décision favorable dit jusqu’à quand l’embauche est possible.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["participant", "decided_on"], name="participants_check_person")
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "participant", "owner_org", "contract", "state", "asked_on", "decided_on",
            "hire_before", "pass_ends_on", "decided_by",
        }  # fmt: skip


class EligibilityReason(Row):
    """Why a person is eligible: public retenu or another criterion met. The strictest policy of the house.

    Which public, and its paper, are sealed with the key of the person (`participants.sealing`); NULL once erased.
    """

    check_made = models.ForeignKey(
        EligibilityCheck, models.RESTRICT, related_name="+", verbose_name="vérification"
    )
    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    is_main = models.BooleanField("public retenu", default=False)
    sealed = models.BinaryField("public et pièce, scellés", null=True)

    class Meta:
        verbose_name = "motif d’éligibilité"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "check_made", condition=Q(is_main=True), name="participants_reason_one_main",
                violation_error_message="Un seul public est retenu ; les autres sont des critères.",
            ),
            models.CheckConstraint(
                name="participants_reason_sealed",
                condition=Q(sealed=None)
                | Q(
                    Exact(Func("sealed", function="octet_length", output_field=IntegerField()), SEALED_LENGTH),
                    Exact(Func("sealed", Value(0), function="get_byte", output_field=IntegerField()), 1),
                ),
                violation_error_message="Le motif d’éligibilité n’est pas scellé.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"is_main", "sealed"}
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "check_made", "participant"}
