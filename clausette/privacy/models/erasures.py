"""Who was erased: a number, a day, by whom, why. The same is in the ledger beside the keys."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row
from clausette.privacy.enums import ErasureReason


class Erasure(Row):
    """A person erased. `erased_by` is empty when a restore was followed by a replay of the ledger."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    erased_on = models.DateField("effacé le")
    erased_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="effacé par"
    )
    reason = models.CharField("motif", max_length=10, choices=ErasureReason)

    class Meta:
        verbose_name = "effacement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "participant", name="privacy_erasure_once",
                violation_error_message="Les données de cette personne sont déjà effacées.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "participant", "erased_on", "erased_by", "reason",
        }  # fmt: skip
