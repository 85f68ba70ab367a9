"""Projects of one or several buyers, and who takes part in them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import OperationRole


class WorksOperation(Row):
    """A project of one or several buyers, to which contracts belong (opération)."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    name = models.CharField("nom de l’opération", max_length=200)
    is_anru = models.BooleanField("programme ANRU", default=False)
    qpv_codes = ArrayField(
        models.CharField(max_length=8), verbose_name="quartiers prioritaires", default=list, blank=True
    )
    sort_key = models.CharField("clé de tri", max_length=200)

    class Meta:
        verbose_name = "opération"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="procurement_operation_of_structure"),
            models.UniqueConstraint(
                "owner_org", "sort_key", name="procurement_operation_once",
                violation_error_message="Une opération porte déjà ce nom.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "name", "is_anru", "qpv_codes", "sort_key",
        }  # fmt: skip


class OperationParty(Row):
    """A maître d'ouvrage or a funder of an operation. It opens no contract: `ContractParty` does."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    operation = models.ForeignKey(WorksOperation, models.RESTRICT, related_name="+", verbose_name="opération")
    organisation = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="organisme")
    role = models.CharField("rôle", max_length=10, choices=OperationRole)
    ended_on = models.DateField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "intervenant d’une opération"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "operation", "organisation", "role", condition=Q(ended_on=None),
                name="procurement_operation_party_once",
                violation_error_message="Cet organisme tient déjà ce rôle dans l’opération.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "operation", "organisation", "role", "ended_on",
        }  # fmt: skip
