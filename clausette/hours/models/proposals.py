"""Corrections that a declarant proposes on a validated line: nothing counts before a structure in charge accepts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import HoursKind, ProposalState
from clausette.hours.models.statements import Statement
from clausette.kernel.rows import Row

_ORG, _ACCOUNT = "access.Organisation", "access.Account"
_S = ProposalState


class CorrectionProposal(Row):
    """One proposal on one line, named by its statement, work contract, engagement and nature: a line may be folded.

    On hours without names: no work contract.

    `validated`: what the line was worth when it was proposed; `hours`: what it should be. Accepted, `correction` is the
    uid of the line that brought it there. `file`: uid of the file of hours that proposes it.
    """

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    declarant = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement crédité"
    )
    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="mise à l’emploi"
    )
    kind = models.CharField("nature", max_length=10, choices=HoursKind)
    state = models.CharField("état", max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    validated = models.DecimalField("heures validées", max_digits=8, decimal_places=2)
    hours = models.DecimalField("heures proposées", max_digits=8, decimal_places=2)
    reason = models.CharField("motif", max_length=250)
    proposed_at = models.DateTimeField("proposée le")
    proposed_by = models.ForeignKey(_ACCOUNT, models.RESTRICT, related_name="+", verbose_name="proposée par")
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    mandated_name = models.CharField("pour le compte du déclarant, par", max_length=200, blank=True)
    ended_at = models.DateTimeField("close le", null=True, blank=True)
    ended_by = models.ForeignKey(
        _ACCOUNT, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="close par"
    )
    end_reason = models.CharField("motif de la réponse", max_length=300, blank=True)
    correction = models.UUIDField("ligne de correction", null=True, blank=True)
    file = models.UUIDField("fichier d’heures", null=True, blank=True)

    class Meta:
        verbose_name = "correction proposée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "placement", "commitment", "kind"], condition=Q(state=_S.OPEN),
                name="hours_proposal_open_once", nulls_distinct=False,
                violation_error_message="Une correction est déjà proposée pour cette ligne.",
            ),
            models.CheckConstraint(
                name="hours_proposal_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_proposal_hours",
                condition=Q(hours__gte=0) & (Q(hours__lte=744) | Q(placement=None)) & ~Q(hours=F("validated")),
                violation_error_message="Les heures proposées sont comprises entre 0 et 744, et changent la ligne.",
            ),
            models.CheckConstraint(
                name="hours_proposal_reason", condition=~Q(reason=""),
                violation_error_message="Une correction proposée porte son motif.",
            ),
            models.CheckConstraint(
                name="hours_proposal_mandated",
                condition=Q(mandate=None, mandated_name="") | (Q(mandate__isnull=False) & ~Q(mandated_name="")),
                violation_error_message="Une correction proposée par mandat porte le nom de qui le tient.",
            ),
            models.CheckConstraint(
                name="hours_proposal_ended",
                condition=Q(state=_S.OPEN, ended_at=None, ended_by=None, end_reason="", correction=None)
                | Q(state=_S.ACCEPTED, ended_at__isnull=False, ended_by__isnull=False, correction__isnull=False)
                | (Q(state=_S.DECLINED, ended_at__isnull=False, ended_by__isnull=False, correction=None)
                   & ~Q(end_reason=""))
                | Q(state=_S.WITHDRAWN, ended_at__isnull=False, ended_by__isnull=False, correction=None)
                | Q(state=_S.MOOT, ended_at__isnull=False, correction=None),
                violation_error_message="Une proposition close porte sa date, qui l'a close, et le motif d'un refus.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["contract", "state"], name="hours_proposal_ix"),
            models.Index(fields=["declarant", "state"], name="hours_proposal_own_ix"),
            models.Index(fields=["file"], name="hours_proposal_file_ix", condition=Q(file__isnull=False)),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason", "end_reason", "mandated_name"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "declarant", "month", "commitment", "placement", "kind",
            "state", "validated", "hours", "proposed_at", "proposed_by", "mandate", "ended_at", "ended_by",
            "correction", "file",
        }  # fmt: skip
