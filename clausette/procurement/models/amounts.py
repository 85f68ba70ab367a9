"""Amounts ordered and invoiced, as the structure or the buyer types them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import AmountKind

from .contracts import Contract, Lot


class AmountEntry(Row):
    """One order or one invoice of a firm; withdrawn with its reason, never changed, never erased."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(Lot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot")
    contractor = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="titulaire")
    kind = models.CharField("nature", max_length=10, choices=AmountKind)
    on = models.DateField("date")
    reference = models.CharField("référence", max_length=60)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )
    entered_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="saisi par")
    entered_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="saisi pour"
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "commande ou facture"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "contractor", "kind", "reference", condition=Q(withdrawn_at=None),
                name="procurement_amount_once",
                violation_error_message="Cette référence est déjà enregistrée pour cette entreprise.",
            ),
            models.CheckConstraint(
                name="procurement_amount_sign",
                condition=Q(kind=AmountKind.ORDERED, amount_ht__gt=0)
                | (Q(kind=AmountKind.INVOICED) & ~Q(amount_ht=0)),
                violation_error_message="Une commande est supérieure à zéro ; une facture ou un avoir n’est pas nul.",
            ),
            models.CheckConstraint(
                name="procurement_amount_referenced", condition=~Q(reference=""),
                violation_error_message="Donnez le numéro de la commande ou de la facture.",
            ),
            models.CheckConstraint(
                name="procurement_amount_withdrawn", condition=Q(withdrawn_at=None) ^ ~Q(withdrawn_reason=""),
                violation_error_message="Un retrait a un motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "on"], name="procurement_amount_of")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "lot", "contractor", "kind", "on", "reference", "amount_ht",
            "document", "entered_by", "entered_org", "withdrawn_at", "withdrawn_reason",
        }  # fmt: skip
