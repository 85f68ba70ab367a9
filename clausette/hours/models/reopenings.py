"""Requests to reopen a validated month: who asks and why, who decides, or when it takes effect."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import ReopeningState
from clausette.hours.models.statements import Statement
from clausette.kernel.rows import Row

_ORG, _ACCOUNT = "access.Organisation", "access.Account"
_S = ReopeningState


class Reopening(Row):
    """One request. Without `effective_at`, a second person decides; with it, the worker applies it from then on."""

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    declarant = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    state = models.CharField("état", max_length=20, choices=ReopeningState, default=ReopeningState.WAITING)
    reason = models.CharField("motif", max_length=300)
    asked_org = models.ForeignKey(
        _ORG, models.RESTRICT, related_name="+", verbose_name="structure qui demande"
    )
    asked_by = models.ForeignKey(_ACCOUNT, models.RESTRICT, related_name="+", verbose_name="demandée par")
    asked_at = models.DateTimeField("demandée le")
    effective_at = models.DateTimeField("prend effet le", null=True, blank=True)
    ended_at = models.DateTimeField("close le", null=True, blank=True)
    ended_by = models.ForeignKey(
        _ACCOUNT, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="close par"
    )
    end_reason = models.CharField("motif de la décision", max_length=300, blank=True)
    reopened_version = models.PositiveIntegerField("version du relevé rouvert", null=True, blank=True)

    class Meta:
        verbose_name = "réouverture d’un mois"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", condition=Q(state=_S.WAITING), name="hours_reopening_open_once",
                violation_error_message="Une réouverture de ce mois est déjà demandée.",
            ),
            models.UniqueConstraint(
                "statement", "reopened_version", name="hours_reopening_version_once",
                violation_error_message="Ce relevé a déjà été rouvert.",
            ),
            models.CheckConstraint(
                name="hours_reopening_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_reopening_reason", condition=~Q(reason=""),
                violation_error_message="Une réouverture porte son motif.",
            ),
            models.CheckConstraint(
                name="hours_reopening_effect", condition=Q(effective_at=None) | Q(effective_at__gt=F("asked_at")),
                violation_error_message="Une réouverture sans deuxième personne prend effet plus tard.",
            ),
            models.CheckConstraint(
                name="hours_reopening_ended",
                condition=Q(state=_S.WAITING, ended_at=None, ended_by=None, end_reason="")
                | (~Q(state=_S.WAITING) & Q(ended_at__isnull=False)),
                violation_error_message="Une demande close porte sa date.",
            ),
            models.CheckConstraint(
                name="hours_reopening_version",
                condition=Q(state=_S.DONE, reopened_version__isnull=False)
                | (~Q(state=_S.DONE) & Q(reopened_version=None)),
                violation_error_message="Un relevé rouvert porte la version qu'il avait.",
            ),
            models.CheckConstraint(
                name="hours_reopening_second_person",
                condition=Q(state__in=(_S.WAITING, _S.CANCELLED, _S.LAPSED))
                | (Q(effective_at=None, ended_by__isnull=False) & ~Q(ended_by=F("asked_by")))
                | Q(state=_S.DONE, effective_at__isnull=False, ended_by=None, ended_at__gte=F("effective_at")),
                violation_error_message="Une autre personne que celle qui demande la réouverture en décide.",
            ),
            models.CheckConstraint(
                name="hours_reopening_told",
                condition=~Q(state__in=(_S.DECLINED, _S.LAPSED)) | ~Q(end_reason=""),
                violation_error_message="Un refus porte son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["contract", "state"], name="hours_reopening_ix"),
            models.Index(
                fields=["effective_at"], condition=Q(state=_S.WAITING), name="hours_reopening_due_ix"
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason", "end_reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "declarant", "month", "state", "asked_org", "asked_by",
            "asked_at", "effective_at", "ended_at", "ended_by", "reopened_version",
        }  # fmt: skip
