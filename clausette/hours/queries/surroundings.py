"""What surrounds lines under control besides other lines: engagements, work contracts, decisions, pieces."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from clausette.commitments.queries import Schedules, Takes
from clausette.files.enums import NOT_HELD
from clausette.hours.enums import PieceKind, PieceLeft
from clausette.hours.models import Statement, StatementPiece
from clausette.hours.queries.found import MANY
from clausette.hours.queries.kept import progress_afresh
from clausette.hours.queries.people import Person
from clausette.hours.queries.pieces import HELD
from clausette.hours.queries.progress import progress_of
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
    progress: Mapping[int, Progress] = {}
    if len(takes) > MANY:
        progress = progress_of(actor=actor, commitment_ids=list(takes), as_of=as_of, schedules=schedules)
    elif takes:
        rows = [said.row for said in takes.values()]
        progress = progress_afresh(actor=actor, owed=rows, as_of=as_of, schedules=schedules)
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
    """Return the pieces of each of these statements that has one, kept or only seen (six queries at most).

    A piece in quarantine is none yet. A statement certified online needs no other piece: its certification is one.
    """
    mine = {row[0]: row for row in _proved(actor, list(statement_ids))}
    beside = _beside(actor, statement_ids)
    marks = {row[4] for row in mine.values() if row[4]} | {mark for held in beside.values() for _, mark in held}
    seen = _handed(actor, marks)
    where = {pk: row[1:4] for pk, row in mine.items()} | {
        pk: (one.contract, one.declarant, one.month) for pk, held in beside.items() for one, _ in held
    }
    ends = ends_of(actor=actor, pairs={(one[0], one[1]) for pk, one in where.items() if pk in beside or mine[pk][4]})
    found: dict[int, Piece] = {}
    for pk, (contract, declarant, month) in where.items():
        row = mine.get(pk)
        held = [(Handed(contract, declarant, month), row[4])] if row and row[4] else []
        already = [seen_before(one, seen.get(mark, ())) for one, mark in (*held, *beside.get(pk, ()))]
        first = next((one for one in already if one), None)
        given_on = (timezone.localdate(row[5]) if row[5] else row[6]) if row else None
        lapses = lapses_of(month, ends.get((contract, declarant), ()))
        told = f"le relevé {of_month(first)}" if first else ""
        found[pk] = Piece(given_on, told, lapses if held or pk in beside else (), proves=row is not None)
    return found


@prepared
def _proved(actor: Actor, statement_ids: list[int]) -> QuerySet[Statement, tuple[Any, ...]]:
    given = HELD | Q(piece_left=PieceLeft.SEEN) | Q(certified_on__isnull=False)
    rows = statements_visible_to(actor).filter(given, Among("id", statement_ids)).order_by()
    return rows.values_list(
        "id", "contract_id", "declarant_id", "month", "evidence__sha256", "evidence__created_at", "certified_on"
    )


@prepared
def _kept_beside(actor: Actor, statement_ids: list[int]) -> QuerySet[StatementPiece, tuple[Any, ...]]:
    rows = pieces_visible_to(actor).filter(Among("statement_id", statement_ids)).exclude(file__treatment__in=NOT_HELD)
    return rows.order_by("id").values_list(
        "statement_id", "contract_id", "declarant_id", "month", "kind", "file__sha256"
    )


def _beside(actor: Actor, statement_ids: Collection[int]) -> dict[int, list[tuple[Handed, str]]]:
    """The pieces that may be opened beside the proof of the hours, with the hash of each."""
    found: dict[int, list[tuple[Handed, str]]] = {}
    for pk, contract, declarant, month, kind, mark in _kept_beside(actor, list(statement_ids)):
        found.setdefault(pk, []).append((Handed(contract, declarant, month, PieceKind(kind)), mark))
    return found


def _handed(actor: Actor, marks: Collection[str]) -> dict[str, list[Handed]]:
    """Where each of these hashes was handed in, by month (two queries, none without hash)."""
    found: dict[str, list[Handed]] = {}
    if not marks:
        return found
    same = statements_visible_to(actor).filter(evidence__sha256__in=marks).order_by()
    for contract, declarant, month, mark in same.values_list(
        "contract_id", "declarant_id", "month", "evidence__sha256"
    ):
        found.setdefault(mark or "", []).append(Handed(contract, declarant, month))
    others = pieces_visible_to(actor).filter(file__sha256__in=marks).order_by()
    for contract, declarant, month, kind, mark in others.values_list(
        "contract_id", "declarant_id", "month", "kind", "file__sha256"
    ):
        found.setdefault(mark, []).append(Handed(contract, declarant, month, PieceKind(kind)))
    return {mark: sorted(held, key=lambda one: one.month) for mark, held in found.items()}


def ends_of(*, actor: Actor, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[End]]:
    """Return, by contract and declarant, each piece that holds until a day (two queries)."""
    found: dict[tuple[int, int], list[End]] = {}
    if not pairs:
        return found
    contracts, declarants = zip(*pairs, strict=True)
    within = {"contract_id__in": set(contracts), "declarant_id__in": set(declarants)}
    rows = statements_visible_to(actor).filter(HELD, evidence__valid_until__isnull=False, **within)
    columns = ("contract_id", "declarant_id", "month")
    for contract, declarant, month, until in rows.order_by().values_list(*columns, "evidence__valid_until"):
        if until is not None:
            found.setdefault((contract, declarant), []).append(End(month, until))
    beside = pieces_visible_to(actor).filter(file__valid_until__isnull=False, **within)
    beside = beside.exclude(file__treatment__in=NOT_HELD).order_by()
    for contract, declarant, month, until, kind in beside.values_list(*columns, "file__valid_until", "kind"):
        if until is not None:
            found.setdefault((contract, declarant), []).append(End(month, until, PieceKind(kind)))
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
