"""Retention holds: what keeps a person's data beyond the ordinary duration, until when, on whose word."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.privacy.enums import HoldReason


class RetentionHold(Row):
    """Purge and erasure wait until its last day, included; looked at again each year."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    reason = models.CharField("motif", max_length=10, choices=HoldReason)
    until = models.DateField("jusqu’au")
    review_on = models.DateField("à revoir le")
    set_on = models.DateField("posée le")
    set_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="posée par")
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )
    lifted_on = models.DateField("levée le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="levée par"
    )

    class Meta:
        verbose_name = "conservation prolongée"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "participant", "reason", condition=Q(lifted_on=None), name="privacy_hold_once",
                violation_error_message="Cette personne a déjà une conservation prolongée pour ce motif.",
            ),
            models.CheckConstraint(
                name="privacy_hold_dates",
                condition=Q(until__gte=F("set_on")) & Q(review_on__gte=F("set_on")) & Q(review_on__lte=F("until")),
                violation_error_message="Une conservation finit après son début et se revoit avant sa fin.",
            ),
            models.CheckConstraint(
                name="privacy_hold_lifted",
                condition=Q(lifted_on=None, lifted_by=None)
                | (Q(lifted_on__gte=F("set_on")) & Q(lifted_by__isnull=False)),
                violation_error_message="Une conservation levée porte sa date et son auteur.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "until"], name="privacy_hold_of_owner")]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "participant", "until", "review_on", "set_on", "set_by", "document",
            "lifted_on", "lifted_by",
        }  # fmt: skip
