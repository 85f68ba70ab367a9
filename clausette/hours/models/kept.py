"""The progress of engagements kept beside them: a reading already made, never a source (ADR 0016)."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row


class KeptProgress(Row):
    """What the worker last read of one engagement, as of a day, by one version of the rules."""

    commitment = models.OneToOneField(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement"
    )
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    as_of = models.DateField("au")
    rules = models.PositiveSmallIntegerField("version des règles")
    reading = models.TextField("lecture")

    class Meta:
        verbose_name = "avancement tenu"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "as_of", "rules", "reading",
        }  # fmt: skip


class StaleProgress(Row):
    """A mark: something that the progress of this engagement rests on was written since it was kept."""

    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement"
    )
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")

    class Meta:
        verbose_name = "avancement à relire"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "commitment", "contract"}
