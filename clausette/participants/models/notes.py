"""What goes with a check in words: what is still awaited, the reasoned opinion of a prescriber; sealed."""

from typing import ClassVar

from django.db import models

from clausette.kernel.rows import Row
from clausette.participants.enums import NoteKind
from clausette.participants.models.checks import EligibilityCheck
from clausette.participants.models.persons import Participant


class CheckNote(Row):
    """One note of a check, sealed with the key of the person; NULL once erased. Policy of the reasons."""

    check_made = models.ForeignKey(
        EligibilityCheck, models.RESTRICT, related_name="+", verbose_name="vérification"
    )
    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    kind = models.CharField("nature", max_length=10, choices=NoteKind)
    dated_on = models.DateField("datée du")
    sealed = models.BinaryField("texte, scellé", null=True)

    class Meta:
        verbose_name = "note d’une vérification"

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed", "kind"}
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "check_made", "participant", "dated_on"}
