"""The information notice: to whom it was handed, when, how, in which wording."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row
from clausette.privacy.enums import NoticeMeans


class NoticeGiven(Row):
    """The notice of the structure was given to a person; given again when its wording changes."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    given_on = models.DateField("remise le")
    given_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="remise par")
    means = models.CharField("moyen", max_length=10, choices=NoticeMeans)
    wording = models.CharField("version du texte", max_length=20)

    class Meta:
        verbose_name = "notice d’information remise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "participant", "given_on", "wording", name="privacy_notice_once",
                violation_error_message="La remise de cette notice est déjà notée ce jour-là.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "participant", "given_on", "given_by", "means", "wording",
        }  # fmt: skip
