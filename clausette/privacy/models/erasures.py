"""Who was erased: a number, a day, by whom, why. The same is in the ledger beside the keys.

A person, or a referral that led to nobody. The referrals of a person erased are erased with them, without a row.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.privacy.enums import ErasureReason


class Erasure(Row):
    """A person erased, or a referral. `erased_by` is empty when a restore was followed by a replay of the ledger."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="participant",
    )  # fmt: skip
    referral = models.ForeignKey(
        "participants.Referral", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="orientation"
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
            models.UniqueConstraint(
                "referral", name="privacy_erasure_of_referral",
                violation_error_message="Cette orientation est déjà effacée.",
            ),
            models.CheckConstraint(
                name="privacy_erasure_of_one",
                condition=Q(participant__isnull=False, referral=None) | Q(participant=None, referral__isnull=False),
                violation_error_message="On efface une personne ou une orientation.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "participant", "referral", "erased_on", "erased_by", "reason",
        }  # fmt: skip
