"""The path of a person: training actions, interviews, the exit and what comes after it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.outcomes.enums import (
    ExitReason,
    FollowSituation,
    FollowUpPoint,
    InterviewKind,
    Obtained,
    TrainingKind,
)

WITHDRAWN = "Un retrait porte son motif."


def withdrawn_pair(name: str) -> models.CheckConstraint:
    """A withdrawal has its day and its reason, or neither."""
    return models.CheckConstraint(
        name=name,
        condition=Q(withdrawn_at=None, withdrawn_reason="")
        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
        violation_error_message=WITHDRAWN,
    )


class OfPerson(Row):
    """A row about one person, of the structure that follows them; typed by mistake, it is withdrawn."""

    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    noted_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="noté par")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        abstract = True


OF_PERSON: frozenset[str] = frozenset({
    "id", "uid", "created_at", "participant", "owner_org", "noted_by", "withdrawn_at",
})  # fmt: skip


class TrainingAction(OfPerson):
    """A training action of a person, on an engagement or beside the work."""

    kind = models.CharField("type", max_length=20, choices=TrainingKind)
    provider = models.CharField("organisme", max_length=160)
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="engagement d'insertion",
    )  # fmt: skip
    starts_on = models.DateField("du")
    ends_on = models.DateField("fin prévue", null=True, blank=True)
    ended_on = models.DateField("fin réelle", null=True, blank=True)
    hours_planned = models.DecimalField("heures prévues", max_digits=8, decimal_places=2, null=True, blank=True)
    hours_done = models.DecimalField("heures réalisées", max_digits=8, decimal_places=2, null=True, blank=True)
    qualification = models.CharField("qualification visée", max_length=160, blank=True)
    obtained = models.CharField("résultat", max_length=10, choices=Obtained, blank=True)

    class Meta:
        verbose_name = "action de formation"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="outcomes_training_of_owner"),
            withdrawn_pair("outcomes_training_withdrawn"),
            models.CheckConstraint(
                name="outcomes_training_dates",
                condition=(Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))
                & (Q(ended_on=None) | Q(ended_on__gte=F("starts_on"))),
                violation_error_message="Une formation ne se termine pas avant de commencer.",
            ),
            models.CheckConstraint(
                name="outcomes_training_hours",
                condition=(Q(hours_planned=None) | Q(hours_planned__gt=0))
                & (Q(hours_done=None) | Q(hours_done__gte=0)),
                violation_error_message="Les heures prévues sont supérieures à zéro, les heures réalisées ne sont pas "
                "négatives.",
            ),
            models.CheckConstraint(
                name="outcomes_training_result",
                condition=Q(obtained="") | ~Q(qualification=""),
                violation_error_message="Dites quelle qualification était visée avant d'en dire le résultat.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["participant", "-starts_on"], name="outcomes_training_person")]

    class Privacy:
        personal: ClassVar[set[str]] = {"provider", "qualification", "obtained", "withdrawn_reason"}
        ordinary: ClassVar[set[str]] = {
            *OF_PERSON, "kind", "commitment", "starts_on", "ends_on", "ended_on", "hours_planned", "hours_done",
        }  # fmt: skip


class Interview(OfPerson):
    """An interview or an exchange about a person, in a few words."""

    kind = models.CharField("nature", max_length=20, choices=InterviewKind)
    on = models.DateField("le")
    note = models.TextField("note", blank=True)

    class Meta:
        verbose_name = "entretien"
        constraints: ClassVar = [withdrawn_pair("outcomes_interview_withdrawn")]
        indexes: ClassVar = [models.Index(fields=["participant", "-on"], name="outcomes_interview_person")]

    class Privacy:
        personal: ClassVar[set[str]] = {"note", "withdrawn_reason"}
        ordinary: ClassVar[set[str]] = {*OF_PERSON, "kind", "on"}


class PathExit(OfPerson):
    """The end of a path, confirmed by a person. A work contract begun later opens a new path, hence another exit."""

    exited_on = models.DateField("sorti le")
    reason = models.CharField("motif de sortie", max_length=20, choices=ExitReason)
    confirmed_on = models.DateField("confirmée le")

    class Meta:
        verbose_name = "sortie"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="outcomes_exit_of_owner"),
            models.UniqueConstraint(
                "participant", "exited_on", condition=Q(withdrawn_at=None), name="outcomes_exit_once",
                violation_error_message="Une sortie est déjà confirmée à cette date.",
            ),
            withdrawn_pair("outcomes_exit_withdrawn"),
            models.CheckConstraint(
                name="outcomes_exit_dates",
                condition=Q(confirmed_on__gte=F("exited_on")),
                violation_error_message="Une sortie se confirme une fois passée.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "-exited_on"], name="outcomes_exit_owner")]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason", "withdrawn_reason"}
        ordinary: ClassVar[set[str]] = {*OF_PERSON, "exited_on", "confirmed_on"}


class FollowUp(Row):
    """What a person is at one follow-up point; corrected in place, the journal keeps that it changed."""

    exit = models.ForeignKey(PathExit, models.RESTRICT, related_name="+", verbose_name="sortie")
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    point = models.PositiveSmallIntegerField("point de suivi", choices=FollowUpPoint)
    answered_on = models.DateField("renseigné le")
    situation = models.CharField("situation", max_length=20, choices=FollowSituation)
    noted_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="noté par")

    class Meta:
        verbose_name = "point de suivi"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "exit", "point", name="outcomes_follow_up_once",
                violation_error_message="Ce point de suivi est déjà renseigné.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"situation"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "exit", "participant", "owner_org", "point", "answered_on", "noted_by",
        }  # fmt: skip
