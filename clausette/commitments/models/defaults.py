"""What a structure proposes for each new engagement, and the counting rules and controls of those that say nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from clausette.commitments.models.conditions import CONDITIONS, Conditions, conditions_held


class StructureDefaults(Conditions):
    """« Règles par défaut » of a structure from a day on. Never changed: followed by others, or withdrawn.

    They hold until the next ones: one day each, none twice, so that they neither overlap nor leave a hole.
    """

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    starts_on = models.DateField("à partir du", null=True, blank=True)
    """None: from the start."""
    reason = models.CharField("motif", max_length=300, blank=True)
    withdrawn_on = models.DateField("retirées le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "règles par défaut"
        constraints: ClassVar = [
            *conditions_held("commitments_defaults"),
            UniqueConstraint(
                fields=["owner_org", "starts_on"], condition=Q(withdrawn_on=None), nulls_distinct=False,
                name="commitments_defaults_once",
                violation_error_message="Des règles partent déjà de ce jour : rechargez la page.",
            ),
            CheckConstraint(
                name="commitments_defaults_withdrawn", condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""),
                violation_error_message="Indiquez le motif du retrait.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "starts_on", "reason", "withdrawn_on", "withdrawn_reason",
            *CONDITIONS,
        }  # fmt: skip
