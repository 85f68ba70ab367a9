"""Exchanges with a firm about a contract: a call, a mail, a visit, a meeting."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row
from clausette.procurement.enums import ExchangeKind

from .contracts import Contract


class Exchange(Row):
    """One exchange, noted by the structure that had it and read by it alone; never changed."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    kind = models.CharField("nature de l’échange", max_length=10, choices=ExchangeKind)
    on = models.DateField("jour")
    note = models.CharField("note", max_length=500, blank=True)
    noted_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="noté par")

    class Meta:
        verbose_name = "échange"
        indexes: ClassVar = [models.Index(fields=["contract", "-on"], name="procurement_exchange_last")]

    class Privacy:
        personal: ClassVar[set[str]] = {"note"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "organisation", "kind", "on", "noted_by",
        }  # fmt: skip
