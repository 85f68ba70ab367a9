"""What a titulaire answered on hours that another body declared: rows, so that both figures stay."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import ConfirmationState, ContestReason, HoursKind
from clausette.hours.models.statements import Statement
from clausette.kernel.rows import Row

_ORG, _ACCOUNT = "access.Organisation", "access.Account"
_DISPUTED = (ConfirmationState.CONTESTED, ConfirmationState.UPHELD, ConfirmationState.FOLLOWED)
_DECIDED = (ConfirmationState.UPHELD, ConfirmationState.FOLLOWED)


class Confirmation(Row):
    """The answer of the titulaire on one line: `declared`, what it answered on; `hours`, its own when contested."""

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    declarant = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement crédité"
    )
    contractor = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="titulaire")
    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", verbose_name="mise à l’emploi"
    )
    kind = models.CharField("nature", max_length=10, choices=HoursKind)
    state = models.CharField("réponse", max_length=20, choices=ConfirmationState)
    declared = models.DecimalField("heures déclarées", max_digits=8, decimal_places=2)
    hours = models.DecimalField("heures selon l’entreprise", max_digits=8, decimal_places=2, null=True, blank=True)
    reason_code = models.CharField("raison de l’écart", max_length=20, choices=ContestReason, blank=True)
    answered_at = models.DateTimeField("répondu le")
    answered_by = models.ForeignKey(_ACCOUNT, models.RESTRICT, related_name="+", verbose_name="répondu par")
    decided_at = models.DateTimeField("tranché le", null=True, blank=True)
    decided_by = models.ForeignKey(
        _ACCOUNT, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="tranché par"
    )
    decision_reason = models.CharField("motif de la décision", max_length=300, blank=True)

    class Meta:
        verbose_name = "confirmation d’heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "placement", "commitment", "kind", name="hours_confirmation_once",
                violation_error_message="Ces heures ont déjà une réponse.",
            ),
            models.CheckConstraint(
                name="hours_confirmation_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_confirmation_figure",
                condition=(Q(state__in=_DISPUTED, hours__gte=0, hours__lte=744) & ~Q(reason_code="")
                           & ~Q(hours=F("declared")))
                | (~Q(state__in=_DISPUTED) & Q(hours=None, reason_code="")),
                violation_error_message="Des heures contestées portent un autre chiffre et sa raison.",
            ),
            models.CheckConstraint(
                name="hours_confirmation_decision",
                condition=(Q(state__in=_DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                           & ~Q(decision_reason=""))
                | (~Q(state__in=_DECIDED) & Q(decided_at=None, decided_by=None, decision_reason="")),
                violation_error_message="Un désaccord tranché porte sa date, son auteur et son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "state"], name="hours_confirmation_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = {"decision_reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "declarant", "month", "commitment", "contractor",
            "placement", "kind", "state", "declared", "hours", "reason_code", "answered_at", "answered_by",
            "decided_at", "decided_by",
        }  # fmt: skip
