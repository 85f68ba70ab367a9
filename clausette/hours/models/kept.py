"""The progress of engagements kept beside them: a reading already made, never a source (ADR 0016)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
    expected = ArrayField(models.DateField(), default=list, verbose_name="mois attendus")
    """Months of which something is expected, handed over or not: with the hours, those that miss are known again."""
    revision = models.BigIntegerField("révision", default=0)
    """How many times it was kept again: who read before another kept does not keep."""

    class Meta:
        verbose_name = "avancement tenu"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "as_of", "rules", "reading",
            "expected", "revision",
        }  # fmt: skip


class StaleProgress(Row):
    """A mark: something that the progress of this engagement rests on was written since it was kept."""

    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement", db_constraint=False
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché", db_constraint=False
    )
    only_hours = models.BooleanField("heures seules", default=False)
    """Hours were written, and nothing else that it rests on: what is owed is as it was."""

    class Meta:
        verbose_name = "avancement à relire"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "commitment", "contract", "only_hours"}
