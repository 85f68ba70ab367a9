"""The contract and its lots."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import ContractKind, ContractNature, ContractState, LegalDeviceKind, Source

from .projects import WorksOperation

UNDER_FRAMEWORK = (ContractKind.ORDER, ContractKind.SUBSEQUENT)


class Contract(Row):
    """A procurement contract followed by one structure référente. Only buyer and common name are required."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure référente"
    )
    buyer = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="maître d’ouvrage")
    operation = models.ForeignKey(
        WorksOperation, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="opération"
    )
    framework = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="accord-cadre"
    )
    framework_lot = models.ForeignKey(
        "Lot", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot de l’accord-cadre"
    )
    relaunches = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="relance du marché"
    )
    referent = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="référent"
    )
    common_name = models.CharField("nom d’usage", max_length=200)
    title = models.CharField("objet", max_length=1000, blank=True)
    official_id = models.CharField("numéro du marché", max_length=40, blank=True)
    kind = models.CharField("forme", max_length=30, choices=ContractKind, default=ContractKind.PUBLIC_CONTRACT)
    nature = models.CharField("nature", max_length=20, choices=ContractNature, default=ContractNature.WORKS)
    state = models.CharField("état", max_length=30, choices=ContractState, default=ContractState.RUNNING)
    device = models.CharField(
        "levier juridique", max_length=30, choices=LegalDeviceKind, default=LegalDeviceKind.EXECUTION
    )
    consultation_on = models.DateField("consultation engagée le", null=True, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    starts_on = models.DateField("début d’exécution", null=True, blank=True)
    ends_on = models.DateField("fin d’exécution", null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    amount_is_maximum = models.BooleanField("montant maximum", default=False)
    amount_includes_renewals = models.BooleanField("reconductions comprises dans le montant", default=True)
    cpv = models.CharField("code CPV", max_length=10, blank=True)
    place_code = models.CharField("lieu d’exécution", max_length=10, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source, default=Source.TYPED)
    sort_key = models.CharField("clé de recherche", max_length=400, db_index=True)

    class Meta:
        verbose_name = "marché"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="procurement_contract_of_structure"),
            models.UniqueConstraint(
                "relaunches", name="procurement_contract_relaunched_once",
                violation_error_message="Ce marché est déjà relancé.",
            ),
            models.CheckConstraint(
                name="procurement_contract_framework",
                condition=Q(framework=None) | (Q(kind__in=UNDER_FRAMEWORK) & ~Q(framework=F("id"))),
                violation_error_message="Seul un bon de commande ou un marché subséquent dépend d’un accord-cadre.",
            ),
            models.CheckConstraint(
                name="procurement_contract_framework_lot", condition=Q(framework_lot=None) | ~Q(framework=None),
                violation_error_message="Indiquez l’accord-cadre de ce lot.",
            ),
            models.CheckConstraint(
                name="procurement_contract_relaunches", condition=Q(relaunches=None) | ~Q(relaunches=F("id")),
                violation_error_message="Un marché ne peut pas être sa propre relance.",
            ),
            models.UniqueConstraint(
                "owner_org", "buyer", "official_id", condition=~Q(official_id=""),
                name="procurement_contract_once",
                violation_error_message="Ce marché existe déjà : même maître d’ouvrage et même numéro.",
            ),
            models.CheckConstraint(
                name="procurement_contract_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="Le montant HT doit être supérieur à zéro.",
            ),
            models.CheckConstraint(
                name="procurement_contract_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin d’exécution précède le début.",
            ),
            models.CheckConstraint(
                name="procurement_contract_duration", condition=Q(duration_months=None) | Q(duration_months__gte=1),
                violation_error_message="La durée est d’au moins un mois.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "buyer", "operation", "framework", "framework_lot",
            "relaunches", "referent", "common_name", "title", "official_id", "kind", "nature", "state", "device",
            "consultation_on", "notified_on", "starts_on", "ends_on", "duration_months", "amount_ht",
            "amount_is_maximum", "amount_includes_renewals", "cpv", "place_code", "source", "sort_key",
        }  # fmt: skip


class Lot(Row):
    """A lot of a contract, with or without clause."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    number = models.CharField("numéro du lot", max_length=10)
    title = models.CharField("intitulé", max_length=300)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    cpv = models.CharField("code CPV", max_length=10, blank=True)
    has_clause = models.BooleanField("avec clause", default=True)

    class Meta:
        verbose_name = "lot"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "contract", name="procurement_lot_of_contract"),
            models.UniqueConstraint(
                "contract", "number", name="procurement_lot_number",
                violation_error_message="Ce numéro de lot existe déjà dans le marché.",
            ),
            models.CheckConstraint(
                name="procurement_lot_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="Le montant du lot doit être supérieur à zéro.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "number", "title", "amount_ht", "cpv", "has_clause",
        }  # fmt: skip
