"""What a structure proposes for each new engagement, and the counting rules of those that say nothing."""

from typing import ClassVar

from django.db import models

from clausette.commitments.models.conditions import CONDITIONS, Conditions, conditions_held


class StructureDefaults(Conditions):
    """« Règles par défaut » of a structure: one row, changed in place, each change journalled."""

    owner_org = models.OneToOneField(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )

    class Meta:
        verbose_name = "règles par défaut"
        constraints: ClassVar = [*conditions_held("commitments_defaults")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "owner_org", *CONDITIONS}
