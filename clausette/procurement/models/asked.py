"""Sub-contractors that a firm asks the structure to admit in a contract."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clausette.kernel.rows import Row
from clausette.procurement.enums import AskedState

from .contracts import Contract

_ORG, _ACCOUNT = "access.Organisation", "access.Account"


class AskedSubcontractor(Row):
    """A firm of the contract names its sub-contractor: a structure that follows the contract says yes or no.

    The address to invite is kept as long as nobody has answered.
    """

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    head = models.ForeignKey(_ORG, models.RESTRICT, related_name="+", verbose_name="demandé par l'entreprise")
    asked_by = models.ForeignKey(_ACCOUNT, models.RESTRICT, related_name="+", verbose_name="demandé par")
    name = models.CharField("nom", max_length=200)
    siret = models.CharField("SIRET", max_length=14)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    full_name = models.CharField("prénom et nom", max_length=150, blank=True)
    state = models.CharField("état", max_length=10, choices=AskedState, default=AskedState.WAITING)
    reason = models.CharField("motif du refus", max_length=300, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        _ACCOUNT, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="répondu par"
    )

    class Meta:
        verbose_name = "demande de sous-traitant"
        verbose_name_plural = "demandes de sous-traitants"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "siret", condition=Q(state=AskedState.WAITING), name="procurement_asked_once",
                violation_error_message="Ce sous-traitant est déjà demandé sur ce marché.",
            ),
            models.CheckConstraint(
                name="procurement_asked_siret", condition=Q(siret__regex=r"^[0-9]{14}$") & ~Q(name=""),
                violation_error_message="Un sous-traitant a un nom et un SIRET de 14 chiffres.",
            ),
            models.CheckConstraint(
                name="procurement_asked_answered",
                condition=(
                    Q(state=AskedState.WAITING, answered_at=None, answered_by=None, reason="", email=Lower("email"))
                    & ~Q(email="")
                )
                | (
                    Q(email="", full_name="", answered_at__isnull=False, answered_by__isnull=False)
                    & (
                        Q(state__in=[AskedState.ACCEPTED, AskedState.WITHDRAWN], reason="")
                        | (Q(state=AskedState.REFUSED) & ~Q(reason=""))
                    )
                ),
                violation_error_message="Une réponse porte sa date et son auteur ; un refus, son motif.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "full_name", "reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "head", "asked_by", "name", "siret", "state", "answered_at",
            "answered_by",
        }  # fmt: skip
