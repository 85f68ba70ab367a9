"""What moves « heures comptées jusqu'au »: extensions and suspensions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.participants.enums import LimitMoveKind
from clausette.participants.models.persons import Participant


class LimitMove(Row):
    """An extension (months added), or a suspension (days out). Its dates are read as those of checks, why is sealed."""

    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    kind = models.CharField("nature", max_length=10, choices=LimitMoveKind)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    months = models.PositiveSmallIntegerField("mois ajoutés", null=True, blank=True)
    decided_on = models.DateField("décidée le")
    decided_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="enregistrée par"
    )
    sealed = models.BinaryField("motif et document, scellés", null=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "prolongation ou suspension"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="participants_limit_move_shape",
                condition=Q(kind=LimitMoveKind.EXTENSION, months__gte=1, months__lte=36, ends_on=None)
                | Q(kind=LimitMoveKind.SUSPENSION, months=None, ends_on__gte=F("starts_on")),
                violation_error_message="Une prolongation porte des mois, une suspension ses deux jours.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "participant", "owner_org", "kind", "starts_on", "ends_on", "months",
            "decided_on", "decided_by", "withdrawn_at",
        }  # fmt: skip
