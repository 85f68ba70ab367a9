"""Tables of studies: what a buyer asks, its lots, the calculations kept."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row

from .enums import Method, StudyState


class Study(Row):
    """A purchase on which a structure advises a buyer, before the tender."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    buyer_name = models.CharField("maître d'ouvrage", max_length=200)
    title = models.CharField("objet de l'achat", max_length=200)
    state = models.CharField("état", max_length=20, choices=StudyState, default=StudyState.TO_STUDY)
    asked_on = models.DateField("demandée le")
    answer_due_on = models.DateField("avis attendu le")
    reason = models.CharField("motif du refus", max_length=300, blank=True)

    class Meta:
        verbose_name = "étude"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="advice_study_of_owner"),
            models.CheckConstraint(
                name="advice_study_refused", condition=~Q(state=StudyState.REFUSED) | ~Q(reason=""),
                violation_error_message="Un refus porte son motif.",
            ),
            models.CheckConstraint(
                name="advice_study_due", condition=Q(answer_due_on__gte=models.F("asked_on")),
                violation_error_message="L'avis ne peut pas être attendu avant la demande.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "answer_due_on"], name="advice_study_due_first")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "buyer_name", "title", "state", "asked_on", "answer_due_on",
            "reason",
        }  # fmt: skip


class StudyLot(Row):
    """A lot of the purchase studied."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    study = models.ForeignKey(Study, models.RESTRICT, related_name="+", verbose_name="étude")
    number = models.CharField("numéro", max_length=20)
    title = models.CharField("intitulé", max_length=200)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    cpv = models.CharField("CPV", max_length=10, blank=True)

    class Meta:
        verbose_name = "lot étudié"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "study", name="advice_lot_of_study"),
            models.UniqueConstraint(
                "study", "number", name="advice_lot_once",
                violation_error_message="Ce numéro de lot est déjà dans l'étude.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "study", "number", "title", "amount_ht", "cpv",
        }  # fmt: skip


class StudyCalibration(Row):
    """A calculation kept as it was: who, when, with which figures and which rules. Never changed."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    study = models.ForeignKey(Study, models.RESTRICT, related_name="+", verbose_name="étude")
    lot = models.ForeignKey(
        StudyLot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot étudié"
    )
    method = models.CharField("méthode de calcul", max_length=20, choices=Method)
    inputs = models.JSONField("chiffres saisis")
    result = models.JSONField("résultat")
    hours = models.DecimalField("heures", max_digits=14, decimal_places=2, null=True, blank=True)
    arithmetic = models.CharField("calcul", max_length=600)
    rule_version = models.CharField("règles appliquées", max_length=40)
    kept_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="gardé par")

    class Meta:
        verbose_name = "calcul gardé"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "study", "lot", "method", "inputs", "result", "hours",
            "arithmetic", "rule_version", "kept_by",
        }  # fmt: skip
