"""Declared subcontracts of a contract."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import Source

from .contracts import Contract


class Subcontract(Row):
    """A declared subcontract (acte de sous-traitance), or with `revises` a dated change of it; never overwritten."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    number = models.PositiveSmallIntegerField("numéro de l’acte")
    revises = models.BooleanField("modification de l’acte", default=False)
    firm = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="sous-traitant")
    notified_on = models.DateField("notifié le")
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    published_on = models.DateField("publié le", null=True, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source)

    class Meta:
        verbose_name = "acte de sous-traitance"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "number", "revises", "notified_on", name="procurement_subcontract_once",
                violation_error_message="Cet acte de sous-traitance est déjà enregistré.",
            ),
            models.CheckConstraint(
                name="procurement_subcontract_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="Le montant de l’acte doit être supérieur à zéro.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "number", "revises", "firm", "notified_on", "amount_ht",
            "duration_months", "published_on", "source",
        }  # fmt: skip
