"""The path of one person over all contracts: hours by month, training, interviews, exits, next step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.hours.queries import KEPT, Limit, lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.outcomes.enums import (
    ExitClass,
    ExitReason,
    FollowSituation,
    FollowUpPoint,
    InterviewKind,
    Obtained,
    TrainingKind,
)
from clausette.outcomes.models import FollowUp, PathExit, TrainingAction
from clausette.outcomes.permissions import can_follow_path
from clausette.outcomes.queries.fse import fse_exits_due
from clausette.outcomes.queries.visibility import (
    exits_visible_to,
    follow_ups_visible_to,
    interviews_visible_to,
    trainings_visible_to,
)
from clausette.outcomes.rules import Delays, PathFacts, Step, class_of, due_on, followed, next_step
from clausette.participants.queries import ParticipantSheet
from clausette.placements.queries import WorkContractLine
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One training action."""

    uid: UUID
    participant_uid: UUID
    kind: TrainingKind
    provider: str
    commitment_uid: UUID | None
    commitment_name: str
    starts_on: date
    ends_on: date | None
    ended_on: date | None
    hours_planned: Decimal | None
    hours_done: Decimal | None
    qualification: str
    obtained: Obtained | None


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview, with its note."""

    uid: UUID
    on: date
    kind: InterviewKind
    note: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """One follow-up point: from when it may be answered, and the answer."""

    point: FollowUpPoint
    due_on: date
    situation: FollowSituation | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ExitLine:
    """One exit with its four follow-up points."""

    id: int
    uid: UUID
    participant_uid: UUID
    first_name: str
    last_name: str
    exited_on: date
    reason: ExitReason
    confirmed_on: date
    points: tuple[PointLine, ...]

    @property
    def person_name(self) -> str:
        """« Lemaire David », as lists say it."""
        return f"{self.last_name} {self.first_name}"

    @property
    def followed(self) -> bool:
        """Whether follow-up points are asked."""
        return followed(self.reason)

    @property
    def family(self) -> ExitClass:
        """« Emploi durable »…"""
        return class_of(self.reason)

    @property
    def answers(self) -> dict[FollowUpPoint, FollowSituation]:
        """The points already answered."""
        return {line.point: line.situation for line in self.points if line.situation is not None}


@dataclass(frozen=True, slots=True)
class Path:
    """All that the room knows of one person. `exit`: the one in force; a later work contract opens a new path."""

    months: tuple[tuple[date, Decimal], ...]
    trainings: tuple[TrainingLine, ...]
    interviews: tuple[InterviewLine, ...]
    exits: tuple[ExitLine, ...]
    exit: ExitLine | None
    last_worked_on: date | None
    step: Step

    @property
    def total(self) -> Decimal:
        """Hours that count, over all contracts."""
        return sum((hours for _, hours in self.months), ZERO)


def delays_on(on: date) -> Delays:
    """Return the dated delays of the next step."""
    values = parameters_on(on)
    return Delays(ending=int(values["ending_days"]), idle=int(values["path_end_days"]))


def training_lines(actor: Actor, participant_id: int) -> tuple[TrainingLine, ...]:
    """Return the training actions of a person, the last one first (one query)."""
    rows = trainings_visible_to(actor).filter(participant_id=participant_id, withdrawn_at=None)
    shown = rows.select_related("participant").prefetch_related("commitment__contract")
    return tuple(_training(row) for row in shown.order_by("-starts_on", "-id"))


def _training(row: TrainingAction) -> TrainingLine:
    owed = row.commitment
    return TrainingLine(
        row.uid, row.participant.uid, TrainingKind(row.kind), row.provider, owed.uid if owed else None,
        owed.contract.common_name if owed else "", row.starts_on, row.ends_on, row.ended_on, row.hours_planned,
        row.hours_done, row.qualification, Obtained(row.obtained) if row.obtained else None,
    )  # fmt: skip


def training_line(*, actor: Actor, uid: UUID) -> TrainingLine:
    """Return one visible training action. Raises Absent."""
    rows = trainings_visible_to(actor).filter(uid=uid, withdrawn_at=None).select_related("participant")
    found = rows.prefetch_related("commitment__contract").first()
    if found is None:
        raise Absent("outcomes.TrainingAction")
    return _training(found)


def person_of_interview(*, actor: Actor, uid: UUID) -> UUID:
    """Return the uid of the person a visible interview is about. Raises Absent."""
    rows = interviews_visible_to(actor).filter(uid=uid, withdrawn_at=None)
    found: UUID | None = rows.values_list("participant__uid", flat=True).first()
    if found is None:
        raise Absent("outcomes.Interview")
    return found


def exit_lines(actor: Actor, rows: Iterable[PathExit]) -> tuple[ExitLine, ...]:
    """Return exits already read with their follow-up points (one query)."""
    seen = list(rows)
    if not seen:
        return ()
    answers: dict[int, dict[int, FollowUp]] = defaultdict(dict)
    for answer in follow_ups_visible_to(actor).filter(exit_id__in=[row.pk for row in seen]).order_by("id"):
        answers[answer.exit_id][answer.point] = answer
    return tuple(_exit(row, answers[row.pk]) for row in seen)


def _exit(row: PathExit, answers: dict[int, FollowUp]) -> ExitLine:
    points = []
    for point in FollowUpPoint:
        told = answers.get(int(point))
        situation = FollowSituation(told.situation) if told else None
        points.append(
            PointLine(point, due_on(row.exited_on, point), situation, told.answered_on if told else None)
        )
    person = row.participant
    return ExitLine(
        row.pk, row.uid, person.uid, person.first_name, person.last_name, row.exited_on, ExitReason(row.reason),
        row.confirmed_on, tuple(points),
    )  # fmt: skip


def exit_line(*, actor: Actor, uid: UUID) -> ExitLine:
    """Return one visible exit. Raises Absent."""
    rows = exits_visible_to(actor).filter(uid=uid, withdrawn_at=None).select_related("participant")
    found = exit_lines(actor, rows.order_by("id"))
    if not found:
        raise Absent("outcomes.PathExit")
    return found[0]


def _months(actor: Actor, participant_id: int) -> tuple[tuple[date, Decimal], ...]:
    lines = lines_visible_to(actor).filter(placement__participant_id=participant_id, state__in=KEPT)
    summed = lines.order_by().values("month").annotate(total=Sum("hours")).order_by("month")
    return tuple((row["month"], row["total"]) for row in summed)


def path_of(
    *,
    actor: Actor,
    sheet: ParticipantSheet,
    works: Sequence[WorkContractLine],
    limits: Sequence[Limit],
    on: date,
) -> Path | None:
    """Return the path of a person whose sheet, work contracts and limits are read; None for who does not follow them.

    Six queries, whatever their number.
    """
    if not can_follow_path(actor, owner_org_id=sheet.owner_org_id):
        return None
    exits = exits_visible_to(actor).filter(participant_id=sheet.id, withdrawn_at=None)
    told = exit_lines(actor, exits.select_related("participant").order_by("-exited_on", "-id"))
    notes = interviews_visible_to(actor).filter(participant_id=sheet.id, withdrawn_at=None)
    current = _current(told, works)
    last = max((line.last_day or on for line in works if line.starts_on <= on), default=None)
    return Path(
        months=_months(actor, sheet.id),
        trainings=training_lines(actor, sheet.id),
        interviews=tuple(
            InterviewLine(row.uid, row.on, InterviewKind(row.kind), row.note)
            for row in notes.order_by("-on", "-id")
        ),
        exits=told,
        exit=current,
        last_worked_on=min(last, on) if last else None,
        step=next_step(_facts(actor, sheet, works, limits, current, last, on), on, delays_on(on)),
    )


def _current(exits: Sequence[ExitLine], works: Sequence[WorkContractLine]) -> ExitLine | None:
    """The last exit, unless a work contract begun since opened a new path."""
    if not exits or any(line.starts_on > exits[0].exited_on for line in works):
        return None
    return exits[0]


def _facts(
    actor: Actor,
    sheet: ParticipantSheet,
    works: Sequence[WorkContractLine],
    limits: Sequence[Limit],
    current: ExitLine | None,
    last: date | None,
    on: date,
) -> PathFacts:
    ends = [line.ends_on for line in works if line.runs_on(on) and line.ended_on is None and line.ends_on]
    until = [limit.counted.until for limit in limits if limit.running and limit.counted]
    due = fse_exits_due(actor=actor, on=on, participant_ids=[sheet.id])
    return PathFacts(
        opens=sheet.standing.opens,
        hire_before=sheet.standing.until,
        running=any(line.last_day is None or line.last_day >= on for line in works),
        mission_ends_on=max(ends, default=None),
        last_worked_on=last,
        counted_until=min(until, default=None),
        fse_due_on=min((one.due_on for one in due), default=None),
        exited_on=current.exited_on if current else None,
        exit_reason=current.reason if current else ExitReason.UNKNOWN,
        answered=frozenset(current.answers) if current else frozenset(),
    )
