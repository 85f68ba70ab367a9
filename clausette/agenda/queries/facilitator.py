"""« Ma journée » of a facilitator, in the order of the trade (MODEL §8): what waits for a gesture, since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from clausette.agenda.queries.engagements import Engagement, Pulse, dressed, pulses
from clausette.agenda.queries.year import YearFigures, this_year
from clausette.agenda.rules import ending_horizon
from clausette.hours.enums import StatementState
from clausette.hours.queries import (
    Limit,
    StatementLine,
    ToMatch,
    hours_of_statement,
    limits_of,
    reserves_ending,
    statements_visible_to,
    unlisted_waiting,
    waiting_statements,
)
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.french import of_month, plural
from clausette.kernel.prepared import prepared
from clausette.participants.enums import CheckState
from clausette.participants.queries import (
    ParticipantFilters,
    ParticipantKey,
    Referrer,
    eligibility_of,
    filtered_participants,
    keys_and_awaited,
    participant_keys,
    referrer,
)
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
    `awaited`: what is missing for a check « à compléter », one line each; reading it is noted.
    """

    participant_uid: UUID
    name: str
    employer_name: str
    job: str
    starts_on: date | None
    referred_by: str
    since: date
    reason: str
    awaited: str = ""


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
class Publics:
    """The first persons to validate, and how many there are in all."""

    rows: tuple[PublicToValidate, ...]
    count: int


@dataclass(frozen=True, slots=True)
class WaitingStatements:
    """The first statements to validate, how many there are in all, and their hours."""

    rows: tuple[WaitingStatement, ...]
    count: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Worst:
    """The first of several engagements, and how many there are in all."""

    rows: tuple[Engagement, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FacilitatorDay:
    """The blocks, each whole or with its count (pages show seven lines of each)."""

    on: date
    publics: Publics
    waiting: WaitingStatements
    missing: Worst
    difficult: Worst
    running: int
    followed: int
    year: YearFigures

    @property
    def count(self) -> int:
        """How many things wait."""
        return self.publics.count + self.waiting.count + self.missing.count + self.difficult.count


@dataclass(frozen=True, slots=True)
class FacilitatorNext:
    """What the controls say of the waiting statements, and what ends soon: read after the first blocks."""

    waiting: tuple[StatementLine, ...]
    endings: tuple[Ending, ...]
    apart: tuple[ToMatch, ...] = ()
    """People whom firms declared and who are in no list: to be matched, even in a statement validated since."""


def day_of_facilitator(*, actor: Actor, on: date) -> FacilitatorDay:
    """Return what waits today for a facilitator (a constant number of queries)."""
    rows = pulses(actor=actor, as_of=on)
    late = [(row, days) for row in rows if row.closed_on is None and (days := row.days_late)]
    missing = [row for row, _ in sorted(late, key=lambda one: (-one[1], one[0].contract_id, one[0].id))]
    behind = [(row, _gap(row)) for row in rows if row.is_running and row.is_difficult]
    difficult = [row for row, _ in sorted(behind, key=lambda one: (one[1], one[0].contract_id, one[0].id))]
    shown = dressed(actor=actor, several=[*missing[:SHOWN], *difficult[:SHOWN]])
    first = len(missing[:SHOWN])
    return FacilitatorDay(
        on=on,
        publics=_publics(actor, on),
        waiting=_statements(actor),
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
    """What waits, the longest first: the values of a `WaitingStatement`."""
    rows = statements_visible_to(actor).filter(state=StatementState.SUBMITTED)
    piloted = rows.filter(takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT)).order_by("submitted_at", "id")
    return piloted.annotate(hours=hours_of_statement(actor)).values_list(
        "uid", "month", "contract__common_name", "declarant__name", "hours", "is_nil", "submitted_at"
    )


def _statements(actor: Actor) -> WaitingStatements:
    every = _waiting(actor)
    return WaitingStatements(
        tuple(WaitingStatement(*row) for row in every[:SHOWN]), len(every), sum((row[4] for row in every), ZERO)
    )


_WORK = {
    "id": "id",
    "uid": "uid",
    "owner_org_id": "owner_org_id",
    "person_id": "participant_id",
    "modality": "modality",
    "employer_name": "employer__name",
    "job": "job",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "ended_on": "ended_on",
    "recorded_on": "recorded_on",
}


@prepared
def _work_rows(actor: Actor, on: date) -> QuerySet[Any, tuple[Any, ...]]:
    visible = placements_visible_to(actor)
    at_work = (
        visible.filter(_running(on), owner_org_id=actor.organisation_id).order_by().values("participant_id")
    )
    rows = visible.filter(participant_id__in=at_work).order_by("starts_on", "id")
    # the day, not the instant: instants are slow to read, and there are hundreds
    return rows.annotate(recorded_on=TruncDate("created_at", tzinfo=PARIS)).values_list(*_WORK.values())


def _works(actor: Actor, on: date) -> list[dict[str, Any]]:
    """All the work contracts of the structure's persons who have one not over on `on`, by start (one query)."""
    return [dict(zip(_WORK, row, strict=True)) for row in _work_rows(actor, on)]


def _running(on: date) -> Q:
    return Q(ended_on__gte=on) | Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=on)


def _at_work(works: Iterable[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """Those not over on `on`."""
    return [row for row in works if (row["ended_on"] or row["ends_on"] or date.max) >= on]


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """A person to validate, before their name is read."""

    person_id: int
    since: date
    work: Mapping[str, Any] | None
    referred_by: str = ""
    reason: str = ""
    incomplete: bool = False

    @property
    def rank(self) -> tuple[date, date, int]:
        """Who starts first comes first, then who waits since the longest."""
        return (self.work["starts_on"] if self.work else date.max, self.since, self.person_id)


def _publics(actor: Actor, on: date) -> Publics:
    every = _works(actor, on)
    work = _at_work(every, on)
    refusals = _refusals(actor, every, work)
    found = {
        row["person_id"]: _Unnamed(row["person_id"], row["recorded_on"], row, reason=refusals[row["id"]])
        for row in reversed(work)
        if refusals.get(row["id"])
    }
    by_person = {row["person_id"]: row for row in reversed(work)}
    for person, told, created_at, state in _unchecked(actor):
        if person not in found:
            by = Referrer.of(told)
            since = by.on or created_at.date()
            prescriber = shown_name(by.name, in_charge=True, itself=False, discreet=by.hidden)
            found[person] = _Unnamed(
                person, since, by_person.get(person), prescriber, incomplete=state == CheckState.INCOMPLETE
            )
    first = sorted(found.values(), key=lambda one: one.rank)[:SHOWN]
    known, awaited = keys_and_awaited(
        actor=actor,
        ids=[one.person_id for one in first],
        incomplete=[one.person_id for one in first if one.incomplete],
    )
    rows = tuple(_named(one, known[one.person_id], awaited.get(one.person_id, "")) for one in first)
    return Publics(rows, len(found))


def _named(one: _Unnamed, key: ParticipantKey, awaited: str) -> PublicToValidate:
    work = one.work or {"employer_name": "", "job": "", "starts_on": None}
    return PublicToValidate(
        key.uid, key.name, work["employer_name"], work["job"], work["starts_on"], one.referred_by, one.since,
        one.reason, awaited,
    )  # fmt: skip


@prepared
def _unchecked(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """Persons whose last check waits for a decision, whatever the day."""
    pending = filtered_participants(actor=actor, filters=ParticipantFilters(check="a_verifier"), on=date.max)
    return (
        pending.filter(owner_org_id=actor.organisation_id)
        .annotate(referrer=referrer(actor))
        .values_list("id", "referrer", "created_at", "last_state")
    )


def _refusals(actor: Actor, every: list[dict[str, Any]], work: list[dict[str, Any]]) -> dict[int, str]:
    """Why no decision covers a hiring, by work contract (two queries)."""
    if not work:
        return {}
    known = [(row["id"], row["person_id"], row["starts_on"], row["modality"]) for row in every]
    return hire_refusals(actor=actor, placement_ids=[row["id"] for row in work], known=known)


def rest_of_facilitator(*, actor: Actor, on: date) -> FacilitatorNext:
    """Return the waiting statements with what the controls find, and what ends within 30 days (constant queries)."""
    return FacilitatorNext(
        waiting_statements(actor=actor, on=on), _endings(actor, on), unlisted_waiting(actor=actor)
    )


def _endings(actor: Actor, on: date) -> tuple[Ending, ...]:
    until = ending_horizon(on, days=int(parameters_on(on)["ending_days"]))
    work = _at_work(_works(actor, on), on)
    missions = [
        row for row in work if row["ended_on"] is None and row["ends_on"] is not None and row["ends_on"] <= until
    ]
    persons = {row["person_id"]: row for row in work}
    limits = limits_of(actor=actor, participant_ids=persons, on=on) if work else {}
    counted = [
        (persons[person], _since_first_hour(limit), limit.counted.until)
        for person, several in limits.items()
        for limit in several
        if limit.running and limit.counted and on <= limit.counted.until <= until
    ]
    named = participant_keys(actor, [row["person_id"] for row in (*missions, *(row for row, _, _ in counted))])
    found = [
        _ending(row, named, "mission", row["employer_name"], row["ends_on"], actor) for row in missions
    ]
    found += [_ending(row, named, "heures comptées", detail, day) for row, detail, day in counted]
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
    row: Mapping[str, Any], named: Mapping[int, ParticipantKey], what: str, detail: str, ends_on: date,
    pilot: Actor | None = None,
) -> Ending:  # fmt: skip
    """`pilot`: who may prolong the work contract that ends, if it is theirs."""
    person = named[row["person_id"]]
    ours = pilot is not None and row["owner_org_id"] == pilot.organisation_id
    return Ending(person.uid, person.name, what, detail, ends_on, row["uid"] if ours else None)
