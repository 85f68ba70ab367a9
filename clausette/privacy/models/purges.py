"""What the purge did: one row a batch, so that an interrupted night goes on, and that the structure can read it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.privacy.enums import PurgedCategory


class PurgeBatch(Row):
    """So many pieces of one category went on a day, and so many could not."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    category = models.CharField("donnée", max_length=20, choices=PurgedCategory)
    as_of = models.DateField("à la date du")
    gone = models.PositiveIntegerField("effacées")
    kept = models.PositiveIntegerField("restées", default=0)

    class Meta:
        verbose_name = "effacement au bout de la durée"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="privacy_purge_counts", condition=Q(gone__gt=0) | Q(kept__gt=0),
                violation_error_message="Un effacement compte au moins une donnée.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "-as_of"], name="privacy_purge_of_owner")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "category", "as_of", "gone", "kept",
        }  # fmt: skip
