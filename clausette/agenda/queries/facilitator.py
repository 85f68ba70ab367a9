"""« Ma journée » of a facilitator, in the order of the trade (MODEL §8): what waits for a gesture, since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from clausette.agenda.queries.engagements import Engagement, Pulse, dressed, pulses
from clausette.agenda.queries.year import YearFigures, this_year
from clausette.agenda.rules import ending_horizon
from clausette.hours.enums import LineState, StatementState
from clausette.hours.queries import (
    Limit,
    StatementLine,
    limits_of,
    lines_visible_to,
    reserves_ending,
    statements_visible_to,
    waiting_statements,
)
from clausette.kernel.actor import Actor
from clausette.kernel.french import of_month, plural
from clausette.kernel.prepared import prepared
from clausette.participants.queries import ParticipantFilters, discreet, eligibility_of, filtered_participants
from clausette.participants.rules import shown_name
from clausette.placements.queries import hire_refusals, placements_visible_to
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
SHOWN = 7
"""Engagements of a block with all their words; the others are counted."""


@dataclass(frozen=True, slots=True)
class PublicToValidate:
    """A person whose eligibility waits for a decision. `starts_on`: of the work contract that needs it, if any.

    `since`: the day the person was referred or registered. `reason`: why no decision covers the hiring.
    """

    participant_uid: UUID
    name: str
    employer_name: str
    job: str
    starts_on: date | None
    referred_by: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class WaitingStatement:
    """A statement handed over that waits for validation, before the controls are run on it."""

    uid: UUID
    month: date
    contract_name: str
    declarant_name: str
    hours: Decimal
    is_nil: bool
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends soon: « mission », « validité » (hiring possible until), « heures comptées », « réserve »."""

    participant_uid: UUID
    name: str
    what: str
    detail: str
    ends_on: date
    placement_uid: UUID | None = None
    """The work contract of a « mission », when the structure may prolong it."""


@dataclass(frozen=True, slots=True)
class Worst:
    """The first of several engagements, and how many there are in all."""

    rows: tuple[Engagement, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FacilitatorDay:
    """The blocks, each whole or with its count (pages show seven lines of each)."""

    on: date
    publics: tuple[PublicToValidate, ...]
    waiting: tuple[WaitingStatement, ...]
    missing: Worst
    difficult: Worst
    running: int
    followed: int
    year: YearFigures

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.publics) + len(self.waiting) + self.missing.count + self.difficult.count


@dataclass(frozen=True, slots=True)
class FacilitatorNext:
    """What the controls say of the waiting statements, and what ends soon: read after the first blocks."""

    waiting: tuple[StatementLine, ...]
    endings: tuple[Ending, ...]


def day_of_facilitator(*, actor: Actor, on: date) -> FacilitatorDay:
    """Return what waits today for a facilitator (a constant number of queries)."""
    rows = pulses(actor=actor, as_of=on)
    late = [(row, row.days_late) for row in rows if row.closed_on is None and row.late_months]
    missing = [row for row, _ in sorted(late, key=lambda one: (-one[1], one[0].contract_id, one[0].id))]
    behind = [(row, _gap(row)) for row in rows if row.is_running and row.is_difficult]
    difficult = [row for row, _ in sorted(behind, key=lambda one: (one[1], one[0].contract_id, one[0].id))]
    shown = dressed(actor=actor, several=[*missing[:SHOWN], *difficult[:SHOWN]])
    first = len(missing[:SHOWN])
    return FacilitatorDay(
        on=on,
        publics=_publics(actor, on),
        waiting=tuple(WaitingStatement(*row) for row in _waiting(actor)),
        missing=Worst(shown[:first], len(missing)),
        difficult=Worst(shown[first:], len(difficult)),
        running=sum(1 for row in rows if row.is_running),
        followed=len(rows),
        year=this_year(on=on, rows=rows),
    )


def _gap(row: Pulse) -> Decimal:
    """Achievement minus time gone: the lowest first."""
    return (row.progress.raw or ZERO) - row.elapsed


@prepared
def _waiting(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    summed = lines_visible_to(actor).filter(statement_id=OuterRef("pk")).exclude(state=LineState.REFUSED)
    hours = Subquery(summed.order_by().values("statement_id").annotate(total=Sum("hours")).values("total"))
    rows = statements_visible_to(actor).filter(state=StatementState.SUBMITTED)
    # « or nothing »: alone, it becomes a join that looks for statements contract by contract, 30 times slower
    piloted = Q(takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT)) | Q(pk=None)
    ours = rows.filter(piloted).order_by("submitted_at", "id")
    return ours.annotate(total=Coalesce(hours, ZERO)).values_list(
        "uid", "month", "contract__common_name", "declarant__name", "total", "is_nil", "submitted_at"
    )


_WORK = {
    "id": "id",
    "uid": "uid",
    "owner_org_id": "owner_org_id",
    "person_id": "participant_id",
    "modality": "modality",
    "participant_uid": "participant__uid",
    "first_name": "participant__first_name",
    "last_name": "participant__last_name",
    "employer_name": "employer__name",
    "job": "job",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "ended_on": "ended_on",
    "created_at": "created_at",
}


@prepared
def _work_rows(actor: Actor, on: date) -> QuerySet[Any, dict[str, Any]]:
    visible = placements_visible_to(actor)
    at_work = (
        visible.filter(_running(on), owner_org_id=actor.organisation_id).order_by().values("participant_id")
    )
    rows = visible.filter(participant_id__in=at_work).order_by("starts_on", "id")
    named: QuerySet[Any, dict[str, Any]] = rows.values(*_WORK.values())
    return named


def _works(actor: Actor, on: date) -> list[dict[str, Any]]:
    """All the work contracts of the structure's persons who have one not over on `on`, by start (one query)."""
    return [{name: row[path] for name, path in _WORK.items()} for row in _work_rows(actor, on)]


def _running(on: date) -> Q:
    return Q(ended_on__gte=on) | Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=on)


def _at_work(works: Iterable[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """Those not over on `on`."""
    return [row for row in works if (row["ended_on"] or row["ends_on"] or date.max) >= on]


def _publics(actor: Actor, on: date) -> tuple[PublicToValidate, ...]:
    every = _works(actor, on)
    work = _at_work(every, on)
    refusals = _refusals(actor, every, work)
    uncovered = [row for row in work if refusals.get(row["id"])]
    found = {row["participant_uid"]: _hired(row, refusals[row["id"]]) for row in reversed(uncovered)}
    by_person = {row["participant_uid"]: row for row in reversed(work)}
    for uid, first, last, referred_by, referred_on, created_at, hidden in _unchecked(actor):
        if uid not in found:
            since = referred_on or created_at.date()
            prescriber = shown_name(referred_by or "", in_charge=True, itself=False, discreet=hidden)
            found[uid] = _pending(uid, f"{first} {last}", prescriber, since, by_person.get(uid))
    return tuple(sorted(found.values(), key=lambda one: (one.starts_on or date.max, one.since, one.name)))


@prepared
def _unchecked(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """Persons whose last check waits for a decision, whatever the day."""
    pending = filtered_participants(actor=actor, filters=ParticipantFilters(check="a_verifier"), on=date.max)
    return (
        pending.filter(owner_org_id=actor.organisation_id)
        .annotate(discreet=discreet())
        .values_list(
            "uid", "first_name", "last_name", "referred_by__name", "referred_on", "created_at", "discreet"
        )
    )


def _refusals(actor: Actor, every: list[dict[str, Any]], work: list[dict[str, Any]]) -> dict[int, str]:
    """Why no decision covers a hiring, by work contract (two queries)."""
    if not work:
        return {}
    known = [(row["id"], row["person_id"], row["starts_on"], row["modality"]) for row in every]
    return hire_refusals(actor=actor, placement_ids=[row["id"] for row in work], known=known)


def _hired(row: Mapping[str, Any], reason: str) -> PublicToValidate:
    name = f"{row['first_name']} {row['last_name']}"
    return PublicToValidate(
        row["participant_uid"], name, row["employer_name"], row["job"], row["starts_on"], "",
        row["created_at"].date(), reason,
    )  # fmt: skip


def _pending(
    uid: UUID, name: str, referred_by: str, since: date, work: Mapping[str, Any] | None
) -> PublicToValidate:
    if work is None:
        return PublicToValidate(uid, name, "", "", None, referred_by, since, "")
    return PublicToValidate(
        uid, name, work["employer_name"], work["job"], work["starts_on"], referred_by, since, ""
    )


def rest_of_facilitator(*, actor: Actor, on: date) -> FacilitatorNext:
    """Return the waiting statements with what the controls find, and what ends within 30 days (constant queries)."""
    return FacilitatorNext(waiting_statements(actor=actor, on=on), _endings(actor, on))


def _endings(actor: Actor, on: date) -> tuple[Ending, ...]:
    until = ending_horizon(on, days=int(parameters_on(on)["ending_days"]))
    work = _at_work(_works(actor, on), on)
    found = [
        _ending(row, "mission", row["employer_name"], row["ends_on"], actor)
        for row in work
        if row["ended_on"] is None and row["ends_on"] is not None and row["ends_on"] <= until
    ]
    persons = {row["person_id"]: row for row in work}
    limits = limits_of(actor=actor, participant_ids=persons, on=on) if work else {}
    found += [
        _ending(persons[person], "heures comptées", _since_first_hour(limit), limit.counted.until)
        for person, several in limits.items()
        for limit in several
        if limit.running and limit.counted and on <= limit.counted.until <= until
    ]
    found += _validities(actor, persons, on, until)
    found += [
        Ending(
            one.participant_uid,
            one.person,
            "réserve",
            f"heures {of_month(one.month)} sous réserve",
            one.until,
        )
        for one in reserves_ending(actor=actor, until=until)
        if one.participant_uid is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.ends_on, one.name, one.what)))


def _since_first_hour(limit: Limit) -> str:
    return f"{plural(limit.months, 'mois', 'mois')} après la première heure"


def _validities(
    actor: Actor, working: Mapping[int, Mapping[str, Any]], on: date, until: date
) -> Iterable[Ending]:
    """Decisions whose last day of hiring comes, for persons who are not at work."""
    rows = filtered_participants(actor=actor, filters=ParticipantFilters(check="valides"), on=on)
    waiting = rows.filter(owner_org_id=actor.organisation_id).exclude(pk__in=list(working))
    persons = {row[0]: row[1:] for row in waiting.values_list("id", "uid", "first_name", "last_name")}
    standings = eligibility_of(actor=actor, participant_ids=persons, on=on)
    for person, (uid, first, last) in persons.items():
        end = standings[person].until
        if end is not None and end <= until:
            yield Ending(uid, f"{first} {last}", "validité", "embauche possible jusqu'à cette date", end)


def _ending(
    row: Mapping[str, Any], what: str, detail: str, ends_on: date, pilot: Actor | None = None
) -> Ending:
    """`pilot`: who may prolong the work contract that ends, if it is theirs."""
    name = f"{row['first_name']} {row['last_name']}"
    ours = pilot is not None and row["owner_org_id"] == pilot.organisation_id
    return Ending(row["participant_uid"], name, what, detail, ends_on, row["uid"] if ours else None)
