"""Persons with their work: the list of the structure and of the prescriber, and the one of a firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import (
    ParticipantFilters,
    ParticipantLine,
    filtered_participants,
    list_participants,
    page_of,
)
from clausette.placements.models import Placement
from clausette.placements.queries.visibility import placements_visible_to


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What the list is restricted to. `check`: see ParticipantFilters; `work`: « en_poste », « sans_contrat »."""

    words: str = ""
    check: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class CurrentWork:
    """The work contract of today (or the next one): « Cordiste chez Bâti Ouche »."""

    employer_name: str
    job: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list, with the work of the day."""

    person: ParticipantLine
    work: CurrentWork | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[PersonLine, ...]
    total: int


def _running(actor: Actor, on: date) -> QuerySet[Placement]:
    """Visible work contracts not over on `on` (those to come included)."""
    return placements_visible_to(actor).filter(
        Q(ended_on__gte=on) | Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=on)
    )


def people_list(*, actor: Actor, filters: PeopleFilters, page: int = 1, on: date) -> PeoplePage:
    """Return one page of the visible persons, by name, with their work on `on` (four queries, or five)."""
    asked = ParticipantFilters(words=filters.words, check=filters.check)
    if filters.work in ("en_poste", "sans_contrat"):
        at_work = Exists(_running(actor, on).filter(participant_id=OuterRef("pk"), starts_on__lte=on))
        rows = filtered_participants(actor=actor, filters=asked, on=on)
        rows = rows.filter(at_work if filters.work == "en_poste" else ~at_work)
        found = page_of(rows, actor=actor, on=on, page=page)
    else:
        found = list_participants(actor=actor, filters=asked, page=page, on=on)
    works = current_work(actor=actor, participant_ids=[row.id for row in found.rows], on=on)
    return PeoplePage(tuple(PersonLine(row, works.get(row.id)) for row in found.rows), found.total)


def current_work(*, actor: Actor, participant_ids: Iterable[int], on: date) -> dict[int, CurrentWork]:
    """Return the work contract of these persons that runs on `on`, else the next one, by participant id. One query."""
    found: dict[int, CurrentWork] = {}
    for person, employer, job, starts_on, ends_on, ended_on in _works(actor, sorted(set(participant_ids)), on):
        known = found.get(person)
        if known is None or known.starts_on > on:
            found[person] = CurrentWork(employer, job, starts_on, ended_on or ends_on)
    return found


@prepared
def _works(actor: Actor, ids: list[int], on: date) -> QuerySet[Placement, tuple[Any, ...]]:
    rows = _running(actor, on).filter(Among("participant_id", ids)).order_by("-starts_on", "-id")
    return rows.values_list("participant_id", "employer__name", "job", "starts_on", "ends_on", "ended_on")
