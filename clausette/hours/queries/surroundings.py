"""What surrounds lines under control besides other lines: engagements, work contracts, decisions, pieces."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from clausette.commitments.queries import Takes
from clausette.hours.enums import PieceLeft
from clausette.hours.queries.people import Person
from clausette.hours.queries.pieces import HELD
from clausette.hours.queries.progress import progress_of
from clausette.hours.queries.visible import statements_visible_to
from clausette.hours.rules.controls import OwedFacts, Part, Span, WorkFacts
from clausette.hours.rules.pieces import Handed, lapsed_since, seen_before
from clausette.kernel.actor import Actor
from clausette.kernel.french import of_month
from clausette.participants.queries import decisions_of, reasons_of_decisions

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece of a statement: day on which it was handed in, where the same one was handed in already, and from which
    day what it attests holds no more, before the month."""

    given_on: date | None
    seen: str
    lapsed: date | None = None


def owed_facts(*, actor: Actor, takes: Mapping[int, Takes], as_of: date) -> dict[int, OwedFacts]:
    """Return what the controls need of engagements, by number (the queries of their progress)."""
    progress = progress_of(actor=actor, commitment_ids=list(takes), as_of=as_of) if takes else {}
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


def decided_late(*, actor: Actor, persons: Iterable[Person]) -> dict[int, date]:
    """Return, by work contract, the first favourable decision taken after the hiring; one query when there is a person.

    Those whose hiring no decision covered are given.
    """
    asked = list(persons)
    if not asked:
        return {}
    taken = decisions_of(actor=actor, participant_ids={person.participant_id for person in asked})
    found: dict[int, date] = {}
    for person in asked:
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
    asked = {(person, owed) for person, owed in credited if owed in takes and takes[owed].publics}
    if not asked:
        return set()
    reasons = reasons_of_decisions(actor=actor, participant_ids={person for person, _ in asked})
    last = {one.participant_id: one.category for one in reasons if one.is_main and one.category}
    return {(person, owed) for person, owed in asked if person in last and last[person] not in takes[owed].publics}


def pieces_of(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, Piece]:
    """Return the piece of each of these statements that has one, kept or only seen (three queries at most).

    A piece in quarantine is none yet. A statement certified online needs no other piece: its certification is one.
    """
    given = HELD | Q(piece_left=PieceLeft.SEEN) | Q(certified_on__isnull=False)
    columns = (
        "id", "contract_id", "declarant_id", "month", "evidence__sha256", "evidence__created_at", "certified_on",
    )  # fmt: skip
    rows = statements_visible_to(actor).filter(given, pk__in=statement_ids).order_by()
    mine = list(rows.values_list(*columns))
    marks = {row[4] for row in mine if row[4]}
    seen: dict[str, list[Handed]] = {}
    if marks:
        same = statements_visible_to(actor).filter(evidence__sha256__in=marks).order_by("month", "id")
        for _, contract, declarant, month, mark in same.values_list(*columns[:5]):
            seen.setdefault(mark, []).append(Handed(contract, declarant, month))
    ends = ends_of(actor=actor, pairs={(row[1], row[2]) for row in mine if row[4]})
    found = {}
    for pk, contract, declarant, month, mark, given_at, certified_on in mine:
        already = seen_before(Handed(contract, declarant, month), seen.get(mark or "", ()))
        given_on = timezone.localdate(given_at) if given_at else certified_on
        lapsed = lapsed_since(month, ends.get((contract, declarant), ())) if mark else None
        found[pk] = Piece(given_on, f"le relevé {of_month(already)}" if already else "", lapsed)
    return found


def ends_of(*, actor: Actor, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[date, date]]]:
    """Return, by contract and declarant, the month and the last valid day of each piece that has one (one query)."""
    found: dict[tuple[int, int], list[tuple[date, date]]] = {}
    if not pairs:
        return found
    contracts, declarants = zip(*pairs, strict=True)
    rows = statements_visible_to(actor).filter(
        HELD, evidence__valid_until__isnull=False, contract_id__in=set(contracts), declarant_id__in=set(declarants)
    )
    columns = ("contract_id", "declarant_id", "month", "evidence__valid_until")
    for contract, declarant, month, until in rows.order_by().values_list(*columns):
        if until is not None:
            found.setdefault((contract, declarant), []).append((month, until))
    return found


def lapsed_on(*, actor: Actor, contract_id: int, month: date) -> date | None:
    """Return since when the last piece with an end that the actor's firm gave holds no more; None when it does."""
    pair = contract_id, actor.organisation_id
    return lapsed_since(month, ends_of(actor=actor, pairs={pair}).get(pair, ()))
