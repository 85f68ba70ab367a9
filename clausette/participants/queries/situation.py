"""What is known of the situation of a person: last facts, home, notes of the checks, what moved their limit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.sealing import keyring
from clausette.participants.enums import CheckState, DistrictMeans, LimitMoveKind, NoteKind
from clausette.participants.models import CheckNote, Participant
from clausette.participants.queries.eligibility import PENDING
from clausette.participants.queries.visibility import (
    ParticipantKey,
    facts_visible_to,
    homes_visible_to,
    key_of,
    may_read_reasons,
    moves_visible_to,
    notes_visible_to,
    participant_key,
    participants_visible_to,
)
from clausette.participants.words import MOVES, NOTES, open_words
from clausette.reference.queries import categories


@dataclass(frozen=True, slots=True)
class HomeKnown:
    """The last home known."""

    known_on: date
    commune_code: str
    commune_name: str
    in_district: bool
    district_2024: str
    district_2015: str
    means: DistrictMeans
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class SituationKnown:
    """What the last decision was taken on, and the home; None when nobody said it."""

    home: HomeKnown | None = None
    level: str = ""
    registered_on: date | None = None
    months_worked: Decimal | None = None
    told: tuple[str, ...] = ()
    """Codes of the situations told with the referral that opened the check in wait."""


def _told(actor: Actor, participant_id: int) -> tuple[str, ...]:
    rows = notes_visible_to(actor).filter(
        participant_id=participant_id, kind=NoteKind.TOLD, check_made__state__in=PENDING
    )
    row = rows.select_related("participant").order_by("-id").first()
    if row is None:
        return ()
    whose = row.participant.uid
    said = open_words(keyring([whose]), table=NOTES, person=whose, row=row.uid, sealed=row.sealed)
    return tuple(said.get("text", "").split())


def situation_of(*, actor: Actor, participant_id: int) -> SituationKnown:
    """Return what is known already, to be proposed again (three queries)."""
    facts = facts_visible_to(actor).filter(participant_id=participant_id).order_by("-id").first()
    homes = homes_visible_to(actor).filter(participant_id=participant_id).select_related("told_by")
    row = homes.order_by("-known_on", "-id").first()
    home = None
    if row is not None:
        home = HomeKnown(
            row.known_on, row.commune_code, row.commune_name, row.in_district, row.district_2024, row.district_2015,
            DistrictMeans(row.means), row.told_by.full_name if row.told_by else "",
        )  # fmt: skip
    told = _told(actor, participant_id)
    if facts is None:
        return SituationKnown(home, told=told)
    return SituationKnown(home, facts.level, facts.registered_on, facts.months_worked, told)


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """The facts frozen with one decision."""

    age: int | None
    level_words: str
    in_district: bool | None
    district_2024: str
    district_2015: str
    registered_on: date | None
    months_registered: int | None
    months_worked: Decimal | None
    already_employed: bool | None
    rule_version: str


def frozen_of(*, actor: Actor, participant_uid: UUID) -> dict[UUID, FrozenLine]:
    """Return the facts frozen with each decision of a person, by uid of the check (one query)."""
    names = [one.name for one in fields(FrozenLine)]
    rows = facts_visible_to(actor).filter(participant__uid=participant_uid).order_by("id")
    return {uid: FrozenLine(*said) for uid, *said in rows.values_list("check_made__uid", *names)}


@dataclass(frozen=True, slots=True)
class DecidedFacts:
    """What tables count of the facts frozen with a favourable decision: erasing the person leaves it."""

    participant_id: int
    decided_on: date | None
    age: int | None
    in_district: bool | None


def facts_of_decisions(*, actor: Actor, participant_ids: Iterable[int]) -> list[DecidedFacts]:
    """Return these facts for persons the actor is in charge of, by day of decision (one query, nothing unsealed)."""
    favourable = (CheckState.ELIGIBLE, CheckState.EXPIRED)
    rows = facts_visible_to(actor).filter(
        participant_id__in=list(participant_ids), check_made__state__in=favourable
    )
    said = rows.order_by("check_made__decided_on", "check_made_id")
    return [
        DecidedFacts(*row) for row in said.values_list("participant_id", "check_made__decided_on", "age", "in_district")
    ]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note of a check, opened."""

    check_id: int
    check_uid: UUID
    kind: NoteKind
    dated_on: date
    text: str
    author: str = ""
    body: str = ""


def notes_of(*, actor: Actor, uid: UUID, kinds: Iterable[NoteKind] = tuple(NoteKind)) -> tuple[NoteLine, ...]:
    """Return the notes of the checks of a person, the last first. The page notes the reading.

    Raises Absent, NotAllowed.
    """
    key = participant_key(actor, uid)
    demand(may_read_reasons(actor, key))
    rows = notes_visible_to(actor).filter(participant_id=key.id, kind__in=list(kinds))
    found = list(rows.select_related("check_made").order_by("-id"))
    ring = keyring([key.uid] if found else [])
    labels = {public.code: public.label for public in categories()} if found else {}
    lines = []
    for row in found:
        said = open_words(ring, table=NOTES, person=key.uid, row=row.uid, sealed=row.sealed)
        lines.append(
            NoteLine(
                row.check_made_id, row.check_made.uid, NoteKind(row.kind), row.dated_on,
                _words(NoteKind(row.kind), said.get("text", ""), labels),
                said.get("author", ""), said.get("body", ""),
            )
        )  # fmt: skip
    return tuple(lines)


def _awaited_notes(actor: Actor, ids: list[int]) -> QuerySet[CheckNote]:
    """What checks of these persons wait for, the last first."""
    rows = notes_visible_to(actor).filter(Among("participant_id", ids), kind=NoteKind.AWAITED)
    return rows.order_by("-check_made_id", "-id")


@prepared
def _awaited(actor: Actor, ids: list[int]) -> QuerySet[CheckNote, tuple[Any, ...]]:
    return _awaited_notes(actor, ids).reverse().values_list("participant_id", "uid", "sealed")


@prepared
def _keyed(actor: Actor, ids: list[int], incomplete: list[int]) -> QuerySet[Participant]:
    note = _awaited_notes(actor, incomplete).filter(participant_id=OuterRef("pk"))
    rows = participants_visible_to(actor).filter(Among("id", ids)).order_by("id")
    return rows.annotate(note=Subquery(note.values("uid")[:1]), sealed=Subquery(note.values("sealed")[:1]))


def awaited_of(*, actor: Actor, persons: Mapping[int, UUID]) -> dict[int, str]:
    """Return what the last check of these persons waits for, one line each (one query, one reading of keys).

    `persons`: number and uid of visible persons whose last check is « à compléter ». The page notes the reading of
    reasons of those it shows.
    """
    found = {pk: (uid, sealed) for pk, uid, sealed in _awaited(actor, sorted(persons))} if persons else {}
    return _opened(persons, found)  # the last one of each


def keys_and_awaited(
    *, actor: Actor, ids: Iterable[int], incomplete: Collection[int]
) -> tuple[dict[int, ParticipantKey], dict[int, str]]:
    """Return the keys of the visible persons among these numbers, and what the last check of some of them waits for.

    `incomplete`: those whose last check is « à compléter », see `awaited_of`. One query, one reading of keys.
    """
    asked = sorted(set(ids))
    rows: list[Any] = _keyed(actor, asked, sorted(incomplete)) if asked else []
    found = {row.pk: (row.note, row.sealed) for row in rows if row.note}
    return {row.pk: key_of(row) for row in rows}, _opened({row.pk: row.uid for row in rows}, found)


def _opened(persons: Mapping[int, UUID], found: Mapping[int, tuple[UUID, bytes]]) -> dict[int, str]:
    """Notes found (uid, sealed), opened with the keys of their persons."""
    if not found:
        return {}
    ring = keyring({persons[pk] for pk in found})
    return {
        pk: open_words(ring, table=NOTES, person=persons[pk], row=uid, sealed=sealed).get("text", "")
        for pk, (uid, sealed) in found.items()
    }


def _words(kind: NoteKind, text: str, labels: Mapping[str, str]) -> str:
    """Situations are kept as codes, and said in words."""
    return ", ".join(labels.get(code, code) for code in text.split()) if kind == NoteKind.TOLD and labels else text


@dataclass(frozen=True, slots=True)
class MoveLine:
    """An extension or a suspension; `reason` and `source` are empty for those who may not read why."""

    uid: UUID
    kind: LimitMoveKind
    starts_on: date
    ends_on: date | None
    months: int | None
    decided_on: date
    reason: str = ""
    source: str = ""


def moves_of(*, actor: Actor, uid: UUID) -> tuple[MoveLine, ...]:
    """Return what moved the limit of a person and was not withdrawn, the last first. Raises Absent."""
    key = participant_key(actor, uid)
    rows = list(moves_visible_to(actor).filter(participant_id=key.id, withdrawn_at=None).order_by("-starts_on", "-id"))
    may = may_read_reasons(actor, key)
    ring = keyring([key.uid]) if rows and may else None
    lines = []
    for row in rows:
        said = open_words(ring, table=MOVES, person=key.uid, row=row.uid, sealed=row.sealed) if ring else {}
        lines.append(
            MoveLine(
                row.uid, LimitMoveKind(row.kind), row.starts_on, row.ends_on, row.months, row.decided_on,
                said.get("text", ""), said.get("source", ""),
            )
        )  # fmt: skip
    return tuple(lines)
