"""People whom a firm declares and who are not in its list: kept apart until they are matched, never credited before."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import UnlistedState
from clausette.hours.models.statements import Statement
from clausette.kernel.rows import Row

_ORG, _ACCOUNT = "access.Organisation", "access.Account"
_NOBODY = Q(last_name="", first_name="", birth_date=None, sort_key="", employer_name="", note="")


class UnlistedPerson(Row):
    """Hours of somebody whom the declarant names and who is not in its list (personne à rapprocher).

    Only what is needed to know who it is; once matched, the hours line says who, and what was typed is gone.
    """

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    declarant = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    last_name = models.CharField("nom", max_length=80, blank=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    sort_key = models.CharField("nom tel qu’il est comparé", max_length=200, blank=True)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    employer_name = models.CharField("employeur", max_length=150, blank=True)
    starts_on = models.DateField("début du contrat de travail", null=True, blank=True)
    ends_on = models.DateField("fin du contrat de travail", null=True, blank=True)
    hours = models.DecimalField("heures", max_digits=8, decimal_places=2)
    note = models.CharField("précision", max_length=300, blank=True)
    state = models.CharField("état", max_length=10, choices=UnlistedState, default=UnlistedState.WAITING)
    reason = models.CharField("motif du refus", max_length=300, blank=True)
    settled_at = models.DateTimeField("réglé le", null=True, blank=True)
    settled_by = models.ForeignKey(
        _ACCOUNT, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="réglé par"
    )
    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="mise à l’emploi",
    )  # fmt: skip

    class Meta:
        verbose_name = "personne à rapprocher"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "sort_key", "birth_date", condition=Q(state=UnlistedState.WAITING),
                nulls_distinct=False, name="hours_unlisted_once",
                violation_error_message="Cette personne est déjà ajoutée : retirez-la pour la saisir autrement.",
            ),
            models.CheckConstraint(
                name="hours_unlisted_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_unlisted_hours", condition=Q(hours__gt=0, hours__lte=744),
                violation_error_message="Les heures d’un mois sont supérieures à 0 et ne dépassent pas 744.",
            ),
            models.CheckConstraint(
                name="hours_unlisted_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le contrat de travail se termine avant de commencer.",
            ),
            models.CheckConstraint(
                name="hours_unlisted_settled",
                condition=(Q(state=UnlistedState.WAITING, settled_at=None, settled_by=None, placement=None, reason="")
                           & ~Q(last_name="") & ~Q(first_name=""))
                | (Q(state=UnlistedState.REFUSED, settled_at__isnull=False, settled_by__isnull=False, placement=None)
                   & ~Q(reason=""))
                | (Q(state=UnlistedState.MATCHED, settled_at__isnull=False, settled_by__isnull=False,
                     placement__isnull=False, reason="") & _NOBODY),
                violation_error_message="Une personne rapprochée n’a plus que sa ligne ; un refus porte son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["statement"], name="hours_unlisted_ix"),
            models.Index(
                fields=["contract"],
                condition=Q(state=UnlistedState.WAITING),
                name="hours_unlisted_waiting_ix",
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {
            "last_name", "first_name", "sort_key", "birth_date", "employer_name", "starts_on", "ends_on", "note",
            "reason",
        }  # fmt: skip
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "declarant", "month", "hours", "state", "settled_at",
            "settled_by", "placement",
        }  # fmt: skip
