"""Tables of studies: what a buyer asks, its lots, the calculations kept."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.advice.enums import BuyerKind, Compared, Method, StudyState
from clausette.kernel.rows import Row
from clausette.procurement.enums import ContractNature, LegalDeviceKind

from .programmes import Programme


class Study(Row):
    """A purchase on which a structure advises a buyer, before the tender."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    programme = models.ForeignKey(
        Programme, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="programme d'achats"
    )
    row_number = models.PositiveIntegerField("ligne du programme", null=True, blank=True)
    buyer = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="acheteur connu"
    )
    buyer_name = models.CharField("maître d'ouvrage", max_length=200)
    buyer_kind = models.CharField("qui achète", max_length=20, choices=BuyerKind, blank=True)
    title = models.CharField("objet de l'achat", max_length=200)
    reference = models.CharField("numéro chez l'acheteur", max_length=60, blank=True)
    nature = models.CharField("nature", max_length=20, choices=ContractNature, blank=True)
    is_concession = models.BooleanField("concession", default=False)
    is_defence = models.BooleanField("défense ou sécurité", default=False)
    amount_ht = models.DecimalField("valeur estimée HT", max_digits=14, decimal_places=2, null=True, blank=True)
    cpv = models.CharField("code CPV", max_length=10, blank=True)
    engaged_on = models.DateField("consultation engagée le", null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    place = models.CharField("lieu d'exécution", max_length=100, blank=True)
    said_social = models.CharField("clause annoncée par l'acheteur", max_length=200, blank=True)
    state = models.CharField("état", max_length=20, choices=StudyState, default=StudyState.TO_STUDY)
    asked_on = models.DateField("demandée le")
    answer_due_on = models.DateField("avis attendu le")
    reason = models.CharField("motif", max_length=300, blank=True)
    waiver = models.CharField("motif de dérogation", max_length=40, blank=True)
    device = models.CharField("levier conseillé", max_length=30, choices=LegalDeviceKind, blank=True)
    device_reasons = models.CharField("pourquoi ce levier", max_length=1000, blank=True)
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="marché"
    )

    class Meta:
        verbose_name = "étude"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="advice_study_of_owner"),
            models.CheckConstraint(
                name="advice_study_refused", condition=~Q(state=StudyState.REFUSED) | ~Q(reason=""),
                violation_error_message="Un refus porte son motif.",
            ),
            models.UniqueConstraint(
                "programme", "row_number", name="advice_study_row_once",
                violation_error_message="Cette ligne du programme est déjà étudiée.",
            ),
            models.CheckConstraint(
                name="advice_study_row", condition=Q(programme=None) | Q(row_number__isnull=False),
                violation_error_message="Une étude tirée d'un programme dit sa ligne.",
            ),
            models.CheckConstraint(
                name="advice_study_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="La valeur estimée HT doit être supérieure à zéro.",
            ),
            models.CheckConstraint(
                name="advice_study_duration", condition=Q(duration_months=None) | Q(duration_months__gte=1),
                violation_error_message="La durée est d'au moins un mois.",
            ),
            models.UniqueConstraint(
                "contract", name="advice_study_contract_once",
                violation_error_message="Ce marché vient déjà d'une autre étude.",
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
            "id", "uid", "created_at", "owner_org", "programme", "row_number", "buyer", "buyer_name", "buyer_kind",
            "title", "reference", "nature", "is_concession", "is_defence", "amount_ht", "cpv", "engaged_on",
            "duration_months", "place", "said_social", "state", "asked_on", "answer_due_on", "reason", "waiver",
            "device", "device_reasons", "contract",
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


class TenderCheck(Row):
    """The tender read beside our advice, on a day. Never changed: a later reading is another row."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    study = models.ForeignKey(Study, models.RESTRICT, related_name="+", verbose_name="étude")
    checked_on = models.DateField("lu le")
    advised_hours = models.DecimalField("heures conseillées", max_digits=14, decimal_places=2, null=True, blank=True)
    hours_found = models.DecimalField("heures lues", max_digits=14, decimal_places=2, null=True, blank=True)
    hours = models.CharField("heures", max_length=20, choices=Compared)
    text = models.CharField("texte", max_length=20, choices=Compared)
    comment = models.CharField("remarque", max_length=500, blank=True)
    checked_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="lu par")

    class Meta:
        verbose_name = "vérification du DCE"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="advice_check_hours", condition=Q(hours_found=None) | Q(hours_found__gte=0),
                violation_error_message="Les heures lues ne peuvent pas être négatives.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "study", "checked_on", "advised_hours", "hours_found", "hours",
            "text", "comment", "checked_by",
        }  # fmt: skip
