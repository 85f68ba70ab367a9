"""Tables of what was bought and of who takes part."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row

from .enums import ContractKind, ContractNature, ContractState, LegalDeviceKind, PartyRole, Source


class WorksOperation(Row):
    """A project of one or several buyers, to which contracts belong (opération)."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    name = models.CharField("nom de l’opération", max_length=200)
    is_anru = models.BooleanField("programme ANRU", default=False)
    sort_key = models.CharField("clé de tri", max_length=200)

    class Meta:
        verbose_name = "opération"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "sort_key", name="procurement_operation_once",
                violation_error_message="Une opération porte déjà ce nom.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "owner_org", "name", "is_anru", "sort_key"}


class Contract(Row):
    """A procurement contract followed by one structure référente. Only buyer and common name are required."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure référente"
    )
    buyer = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="maître d’ouvrage")
    operation = models.ForeignKey(
        WorksOperation, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="opération"
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
    cpv = models.CharField("code CPV", max_length=10, blank=True)
    place_code = models.CharField("lieu d’exécution", max_length=10, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source, default=Source.TYPED)
    sort_key = models.CharField("clé de recherche", max_length=400, db_index=True)

    class Meta:
        verbose_name = "marché"
        constraints: ClassVar = [
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
            "id", "uid", "created_at", "owner_org", "buyer", "operation", "common_name", "title", "official_id",
            "kind", "nature", "state", "device", "consultation_on", "notified_on", "starts_on", "ends_on",
            "duration_months", "amount_ht", "amount_is_maximum", "cpv", "place_code", "source", "sort_key",
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


class Award(Row):
    """The award of a contract or of one of its lots to one titulaire (the mandataire of a group)."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(Lot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot")
    contractor = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="titulaire")
    amount_ht = models.DecimalField("montant attribué HT", max_digits=14, decimal_places=2, null=True, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    ended_on = models.DateField("terminé le", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=300, blank=True)

    class Meta:
        verbose_name = "attribution"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "lot", "contractor", condition=Q(ended_on=None), nulls_distinct=False,
                name="procurement_award_once",
                violation_error_message="Cette entreprise est déjà titulaire de ce lot.",
            ),
            models.CheckConstraint(
                name="procurement_award_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="Le montant attribué doit être supérieur à zéro.",
            ),
            models.CheckConstraint(
                name="procurement_award_end_reason", condition=Q(ended_on=None) | ~Q(end_reason=""),
                violation_error_message="Indiquez le motif de fin de l’attribution.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "lot", "contractor", "amount_ht", "notified_on",
            "ended_on", "end_reason",
        }  # fmt: skip


class ContractParty(Row):
    """Who takes part in a contract, in which role, between which days: the one table that opens a contract."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="organisme")
    role = models.CharField("rôle", max_length=20, choices=PartyRole)
    lot = models.ForeignKey(Lot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot")
    head = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="pour le compte de",
    )
    share = models.DecimalField("part", max_digits=5, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField("du")
    valid_to = models.DateField("au", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "intervenant"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "organisation", "role", "lot", condition=Q(revoked_at=None), nulls_distinct=False,
                name="procurement_party_once",
                violation_error_message="Cet organisme tient déjà ce rôle dans le marché.",
            ),
            models.CheckConstraint(
                name="procurement_party_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="La fin du rôle précède le début.",
            ),
            models.CheckConstraint(
                name="procurement_party_share",
                condition=Q(share=None) | (Q(share__gt=0) & Q(share__lte=1)),
                violation_error_message="La part est comprise entre 0 et 100 %.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["organisation", "contract"], name="procurement_party_org")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "organisation", "role", "lot", "head", "share",
            "valid_from", "valid_to", "revoked_at",
        }  # fmt: skip


class ContractModification(Row):
    """A modification (avenant) read in official data or typed: dated, never overwritten."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    number = models.PositiveSmallIntegerField("numéro")
    notified_on = models.DateField("notifié le", null=True, blank=True)
    amount_ht = models.DecimalField("nouveau montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("nouvelle durée en mois", null=True, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source)

    class Meta:
        verbose_name = "avenant"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "number", name="procurement_modification_once",
                violation_error_message="Cet avenant est déjà enregistré.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "number", "notified_on", "amount_ht", "duration_months", "source",
        }  # fmt: skip
