"""What surrounds lines under control besides other lines: engagements, work contracts, decisions, pieces."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from clausette.commitments.queries import Schedules, Takes
from clausette.files.enums import NOT_HELD
from clausette.hours.enums import PieceKind, PieceLeft
from clausette.hours.queries.found import MANY
from clausette.hours.queries.kept import progress_afresh, progress_kept
from clausette.hours.queries.people import Person
from clausette.hours.queries.pieces import HELD
from clausette.hours.queries.reading import Progress
from clausette.hours.queries.visible import pieces_visible_to, statements_visible_to
from clausette.hours.rules.controls import OwedFacts, Part, Span, WorkFacts
from clausette.hours.rules.pieces import End, Handed, Lapsed, approval_asked, lapses_of, seen_before
from clausette.kernel.actor import Actor
from clausette.kernel.french import of_month
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import Decided, reasons_of_decisions
from clausette.reference.queries import piece_rows

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """The pieces of a statement: day on which its hours were proved (None: nothing proves them), where the same piece
    was handed in already, and what holds no more, before the month."""

    given_on: date | None
    seen: str
    lapses: tuple[Lapsed, ...] = ()
    proves: bool = True


def owed_facts(
    *, actor: Actor, takes: Mapping[int, Takes], as_of: date, schedules: Schedules | None = None
) -> dict[int, OwedFacts]:
    """Return what the controls need of engagements, by number (the queries of their progress).

    `schedules`: of these engagements on that day, when already read.
    """
    progress: dict[int, Progress] = {}
    if len(takes) > MANY:
        progress = progress_kept(actor=actor, commitment_ids=list(takes), as_of=as_of)
    late = [said.row for pk, said in takes.items() if pk not in progress]
    if late:
        progress |= progress_afresh(actor=actor, owed=late, as_of=as_of, schedules=schedules)
    found = {}
    for pk, said in takes.items():
        known = progress.get(pk)
        found[pk] = OwedFacts(
            suspended=tuple(Span(one.starts_on, one.ends_on) for one in said.pauses),
            terminated_on=said.terminated_on,
            transferred_on=said.transferred_on,
            settled_on=said.settled_on,
            notified_on=said.notified_on,
            modalities=said.modalities or None,
            ett=said.ett,
            parts=tuple(Part(Span(first, last), firm) for first, last, firm in said.parts),
            due=known.due_firm if known else None,
            counted=known.validated if known else ZERO,
        )
    return found


def work_facts(person: Person) -> WorkFacts:
    """What the controls need of a work contract."""
    return WorkFacts(
        person.employer_id, person.employer_kind, person.modality, person.work_contract, person.job, person.birth_date
    )


def decided_late(*, persons: Iterable[Person], taken: Mapping[int, Sequence[Decided]]) -> dict[int, date]:
    """Return, by work contract, the first favourable decision (`taken`: those of each person) after the hiring.

    Those whose hiring no decision covered are given.
    """
    found: dict[int, date] = {}
    for person in persons:
        days = [one.decided_on for one in taken.get(person.participant_id, ()) if one.decided_on > person.starts_on]
        if days:
            found[person.placement_id] = min(days)
    return found


def refused_publics(
    *, actor: Actor, credited: Iterable[tuple[int, int]], takes: Mapping[int, Takes]
) -> set[tuple[int, int]]:
    """Return the pairs (person, engagement) whose public retenu the engagement does not admit.

    Empty for an actor who may not read reasons; one query when an engagement names its publics, none otherwise.
    """
    named = {owed for owed, said in takes.items() if said.publics}
    asked = {(person, owed) for person, owed in credited if owed in named} if named else set()
    if not asked:
        return set()
    reasons = reasons_of_decisions(actor=actor, participant_ids={person for person, _ in asked})
    last = {one.participant_id: one.category for one in reasons if one.is_main and one.category}
    return {(person, owed) for person, owed in asked if person in last and last[person] not in takes[owed].publics}


def pieces_of(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, Piece]:
    """Return the pieces of each of these statements that has one, kept or only seen (three queries at most).

    A piece in quarantine is none yet. A statement certified online needs no other piece: its certification is one.
    """
    mine: dict[int, tuple[Any, ...]] = {}
    held: dict[int, list[tuple[Handed, str]]] = {}
    where: dict[int, tuple[int, int, date]] = {}
    for statement, _, contract, declarant, month, kind, mark, *given in sorted(_held(actor, list(statement_ids))):
        where[statement] = contract, declarant, month
        if not kind:  # what proves the hours comes first, then the pieces beside as they came
            mine[statement] = tuple(given)
        if kind or mark:
            piece = Handed(contract, declarant, month, PieceKind(kind or PieceKind.HOURS))
            held.setdefault(statement, []).append((piece, mark))
    seen = _handed(actor, {mark for several in held.values() for _, mark in several})
    ends = ends_of(actor=actor, pairs={where[pk][:2] for pk in held})
    found: dict[int, Piece] = {}
    for pk, (contract, declarant, month) in where.items():
        already = [seen_before(one, seen.get(mark, ())) for one, mark in held.get(pk, ())]
        first = next((one for one in already if one), None)
        at, certified_on = mine.get(pk, (None, None))
        lapses = lapses_of(month, ends.get((contract, declarant), ()))
        told = f"le relevé {of_month(first)}" if first else ""
        found[pk] = Piece(
            timezone.localdate(at) if at else certified_on, told, lapses if pk in held else (), proves=pk in mine
        )
    return found


_WHERE = ("contract_id", "declarant_id", "month")


@prepared
def _held(actor: Actor, statement_ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Pieces of statements, those that prove their hours, then those beside that may be opened.

    Statement, rank, then contract, declarant and month, kind (« » of the former), hash, since when, certified on.
    """
    given = HELD | Q(piece_left=PieceLeft.SEEN) | Q(certified_on__isnull=False)
    proved = statements_visible_to(actor).filter(given, Among("id", statement_ids)).order_by()
    beside = pieces_visible_to(actor).filter(Among("statement_id", statement_ids)).exclude(file__treatment__in=NOT_HELD)
    own = proved.annotate(of=F("id"), rank=Cast(Value(0), BigIntegerField()), sort=Value("", CharField()))
    others = beside.order_by().annotate(
        of=F("statement_id"), rank=F("id"), sort=F("kind"), at=Cast(Value(None), DateTimeField()),
        on=Cast(Value(None), DateField()),
    )  # fmt: skip
    same = ("of", "rank", *_WHERE, "sort")
    every: QuerySet[Any, tuple[Any, ...]] = own.values_list(
        *same, "evidence__sha256", "evidence__created_at", "certified_on"
    ).union(others.values_list(*same, "file__sha256", "at", "on"), all=True)
    return every


def _both(proved: QuerySet[Any], beside: QuerySet[Any], column: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Pieces that prove hours and pieces beside: contract, declarant, month, kind (« » of the former), of the file."""
    own, others = proved.order_by().annotate(sort=Value("", CharField())), beside.order_by().annotate(sort=F("kind"))
    every: QuerySet[Any, tuple[Any, ...]] = own.values_list(*_WHERE, "sort", f"evidence__{column}").union(
        others.values_list(*_WHERE, "sort", f"file__{column}"), all=True
    )
    return every


@prepared
def _same(actor: Actor, marks: list[str]) -> QuerySet[Any, tuple[Any, ...]]:
    own = statements_visible_to(actor).filter(Among("evidence__sha256", marks, "text"))
    return _both(own, pieces_visible_to(actor).filter(Among("file__sha256", marks, "text")), "sha256")


def _handed(actor: Actor, marks: Collection[str]) -> dict[str, list[Handed]]:
    """Where each of these hashes was handed in, by month (one query, none without hash)."""
    found: dict[str, list[Handed]] = {}
    if not marks:
        return found
    for contract, declarant, month, kind, mark in sorted(_same(actor, sorted(marks)), key=lambda row: row[2:4]):
        found.setdefault(mark, []).append(Handed(contract, declarant, month, PieceKind(kind or PieceKind.HOURS)))
    return found


@prepared
def _ending(actor: Actor, contracts: list[int], declarants: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    within = Among("contract_id", contracts), Among("declarant_id", declarants)
    own = statements_visible_to(actor).filter(HELD, *within, evidence__valid_until__isnull=False)
    beside = pieces_visible_to(actor).filter(*within, file__valid_until__isnull=False)
    return _both(own, beside.exclude(file__treatment__in=NOT_HELD), "valid_until")


def ends_of(*, actor: Actor, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[End]]:
    """Return, by contract and declarant, each piece that holds until a day (one query)."""
    found: dict[tuple[int, int], list[End]] = {}
    if not pairs:
        return found
    contracts, declarants = (sorted(set(several)) for several in zip(*pairs, strict=True))
    for contract, declarant, month, kind, until in _ending(actor, contracts, declarants):
        end = End(month, until, PieceKind(kind or PieceKind.HOURS))
        found.setdefault((contract, declarant), []).append(end)
    return found


@dataclass(frozen=True, slots=True)
class Approvals:
    """What was given of the conventions and approvals asked of who declares, by contract and declarant."""

    given: frozenset[tuple[int, int]] = frozenset()

    def told(self, line: Mapping[str, Any], modality: str) -> str:
        """Return the paper that the declarant of a line (columns of LINE) never gave on its contract, "" for none."""
        asked = _approval(line["month"], modality)
        return asked if asked and (line["contract_id"], line["declarant_id"]) not in self.given else ""


@lru_cache(maxsize=4096)
def _approval(month: date, modality: str) -> str:
    return approval_asked(piece_rows(month), modality)


def approvals_given(
    *, actor: Actor, lines: Collection[Mapping[str, Any]], persons: Mapping[int, Person]
) -> Approvals:
    """Return what the declarants of these lines (columns of LINE) gave of the papers asked by their modality.

    One query, none when no line asks for one.
    """
    modalities = {person.modality for person in persons.values()}
    months = {line["month"] for line in lines}
    if not any(_approval(month, modality) for month in months for modality in modalities):
        return Approvals()
    asked = {(line["contract_id"], line["declarant_id"]) for line in lines if line["placement_id"] in persons}
    if not asked:
        return Approvals()
    contracts, declarants = zip(*asked, strict=True)
    return Approvals(frozenset(_approved(actor, sorted(set(contracts)), sorted(set(declarants)))))


@prepared
def _approved(actor: Actor, contracts: list[int], declarants: list[int]) -> QuerySet[Any, tuple[int, int]]:
    """Contract and declarant of the pieces that end some day, and of the approvals."""
    within = Among("contract_id", contracts), Among("declarant_id", declarants)
    whole = statements_visible_to(actor).filter(*within, evidence__valid_until__isnull=False)
    beside: QuerySet[Any] = pieces_visible_to(actor).filter(*within, kind=PieceKind.APPROVAL)
    pair = "contract_id", "declarant_id"
    every: QuerySet[Any, tuple[int, int]] = whole.order_by().values_list(*pair).union(
        beside.order_by().values_list(*pair), all=True
    )
    return every


def lapsed_on(*, actor: Actor, contract_id: int, month: date) -> Lapsed | None:
    """Return what the actor's firm gave, with an end, and that holds no more in a month, and since when; else None."""
    pair = contract_id, actor.organisation_id
    return next(iter(lapses_of(month, ends_of(actor=actor, pairs={pair}).get(pair, ()))), None)
