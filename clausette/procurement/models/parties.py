"""Who takes part in a contract: titulaires, buyers, firms, structures; and whom to call there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import GroupKind, PartyRole

from .contracts import Contract, Lot


class Award(Row):
    """The award of a contract or of one of its lots to one titulaire (the mandataire of a group)."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(Lot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot")
    contractor = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="titulaire")
    amount_ht = models.DecimalField("montant attribué HT", max_digits=14, decimal_places=2, null=True, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    ended_on = models.DateField("terminé le", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=300, blank=True)
    group_kind = models.CharField("groupement", max_length=10, choices=GroupKind, default=GroupKind.ALONE)
    replaces = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="succède à"
    )
    signed_on = models.DateField("acte signé le", null=True, blank=True)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )

    class Meta:
        verbose_name = "attribution"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "contract", name="procurement_award_of_contract"),
            models.UniqueConstraint(
                "replaces", name="procurement_award_replaced_once",
                violation_error_message="Ce titulaire a déjà un successeur.",
            ),
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
            "ended_on", "end_reason", "group_kind", "replaces", "signed_on", "document",
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


class PartyContact(Row):
    """Whom to call at an organisation about a contract; it belongs to the structure that typed it."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="organisme")
    name = models.CharField("nom", max_length=150)
    function = models.CharField("fonction", max_length=150, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    closed_on = models.DateField("fermé le", null=True, blank=True)

    class Meta:
        verbose_name = "contact"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="procurement_contact_named", condition=~Q(name=""),
                violation_error_message="Donnez le nom du contact.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"name", "function", "email", "phone"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "organisation", "closed_on",
        }  # fmt: skip


class DepositContract(Row):
    """A contract on which a « dépôt sans compte » declares the hours of its firm, until a day; never erased."""

    deposit = models.ForeignKey(
        "access.Deposit", models.RESTRICT, related_name="+", verbose_name="dépôt sans compte"
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    ends_on = models.DateField("jusqu'au")
    opened_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="ouvert par"
    )
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "marché d'un dépôt sans compte"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "deposit", "contract", condition=Q(revoked_at=None), name="procurement_deposit_once",
                violation_error_message="Ce contact a déjà un dépôt sans compte sur ce marché.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "deposit", "owner_org", "contract", "organisation", "ends_on", "opened_by",
            "revoked_at",
        }  # fmt: skip
