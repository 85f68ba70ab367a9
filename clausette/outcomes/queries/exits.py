"""Exits of the structure over a period, and paths whose exit is to be confirmed or followed."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from clausette.kernel.actor import Actor
from clausette.outcomes.enums import ExitReason, FollowUpPoint
from clausette.outcomes.models import PathExit
from clausette.outcomes.queries.path import ExitLine, delays_on, exit_lines
from clausette.outcomes.queries.visibility import exits_visible_to
from clausette.outcomes.rules import Rates, SeenExit, due_on, followed, point_asked, rates
from clausette.placements.queries import placements_visible_to

NEUTRAL = [reason for reason in ExitReason if not followed(reason)]


@dataclass(frozen=True, slots=True)
class ExitPage:
    """The exits of a period, the last one first, with their rates."""

    rows: tuple[ExitLine, ...]
    rates: Rates


def exits_of_period(*, actor: Actor, first: date, last: date, on: date) -> ExitPage:
    """Return the exits of the structure between two days, both included, and their rates on `on` (two queries)."""
    rows = exits_visible_to(actor).filter(withdrawn_at=None, exited_on__gte=first, exited_on__lte=last)
    lines = exit_lines(actor, rows.select_related("participant").order_by("-exited_on", "-id"))
    seen = [SeenExit(line.exited_on, line.reason, line.answers) for line in lines]
    return ExitPage(lines, rates(seen, on))


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A person without work contract for long: their exit is to be confirmed, or they are to be put to work again."""

    participant_uid: UUID
    name: str
    last_worked_on: date


@dataclass(frozen=True, slots=True)
class ToFollow:
    """A follow-up point whose day has come."""

    exit_uid: UUID
    participant_uid: UUID
    name: str
    point: FollowUpPoint
    due_on: date


def exits_to_confirm(*, actor: Actor, on: date) -> tuple[ToConfirm, ...]:
    """Return the structure's persons without work contract since `path_end_days` and not out yet (one query)."""
    if not actor.can("facilitator"):
        return ()
    before = on - timedelta(days=delays_on(on).idle)
    visible = placements_visible_to(actor).filter(owner_org_id=actor.organisation_id, participant__erased_on=None)
    running = visible.filter(participant_id=OuterRef("participant_id")).filter(
        Q(ended_on__gt=before) | Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gt=before)
    )
    out = exits_visible_to(actor).filter(
        participant_id=OuterRef("participant_id"), withdrawn_at=None, exited_on__gte=OuterRef("starts_on")
    )
    rows = (
        visible.filter(~Exists(running), ~Exists(out))
        .order_by()
        .values("participant__uid", "participant__first_name", "participant__last_name")
        .annotate(last=Max(Coalesce("ended_on", "ends_on")))
        .order_by("last", "participant__uid")
    )
    return tuple(
        ToConfirm(
            row["participant__uid"], f"{row['participant__first_name']} {row['participant__last_name']}", row["last"]
        )
        for row in rows
    )


def follow_ups_due(*, actor: Actor, on: date) -> tuple[ToFollow, ...]:
    """Return the follow-up points asked on a day, at most one for each exit, the oldest first (two queries)."""
    found = [one for line in exit_lines(actor, _followed(actor, on)) if (one := _due(line, on)) is not None]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.name)))


def _followed(actor: Actor, on: date) -> QuerySet[PathExit]:
    """Exits not too old to be followed, neither neutral nor of a person who began to work again or was erased."""
    again = placements_visible_to(actor).filter(
        participant_id=OuterRef("participant_id"), starts_on__gt=OuterRef("exited_on")
    )
    rows = exits_visible_to(actor).filter(~Exists(again), withdrawn_at=None, exited_on__lte=on)
    rows = rows.filter(exited_on__gte=on - timedelta(days=2 * 366), participant__erased_on=None)
    return rows.exclude(reason__in=NEUTRAL).select_related("participant").order_by("id")


def _due(line: ExitLine, on: date) -> ToFollow | None:
    point = point_asked(line.exited_on, line.reason, line.answers, on)
    if point is None:
        return None
    name = f"{line.first_name} {line.last_name}"
    return ToFollow(line.uid, line.participant_uid, name, point, due_on(line.exited_on, point))
