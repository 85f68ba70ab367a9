"""Official records that a person put aside: not the purchase it looked like, or not to be followed."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row


class LeftRecord(Row):
    """A record and why it was left: not that study, not that contract, or not followed at all (neither is given)."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    key = models.CharField("clé", max_length=80)
    study = models.ForeignKey(
        "advice.Study", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="étude"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="marché"
    )
    reason = models.CharField("motif", max_length=300)
    left_on = models.DateField("laissé le")
    left_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="laissé par")

    class Meta:
        verbose_name = "publication laissée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "key", "study", "contract", nulls_distinct=False, name="imports_left_once",
                violation_error_message="Cette publication est déjà laissée.",
            ),
            models.CheckConstraint(
                name="imports_left_reason", condition=~models.Q(reason=""),
                violation_error_message="Dites pourquoi cette publication est laissée.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "key", "study", "contract", "reason", "left_on", "left_by",
        }  # fmt: skip
