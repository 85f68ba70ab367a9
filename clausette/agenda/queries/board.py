"""« Tableau de suivi »: the spreadsheet the facilitator leaves, one row per lot and titulaire (MODEL §8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from clausette.agenda.queries.engagements import Engagement, engagements
from clausette.hours.queries import Total, total_of
from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key

STATES = {
    "en_cours": "En cours",
    "termines": "Terme passé, à solder",
    "soldes": "Soldés",
}


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What the board is restricted to; `sort` is a key of SORTS, with « - » to turn it round."""

    words: str = ""
    buyer_uid: UUID | None = None
    operation: str = ""
    state: str = ""
    difficult: bool = False
    referent_id: int | None = None
    sort: str = "mo"


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The sum of the rows of one maître d'ouvrage, on all pages."""

    buyer_uid: UUID
    buyer_name: str
    total: Total
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class Board:
    """All the rows kept, sorted; subtotals by maître d'ouvrage in the order of their names; choices of filters."""

    rows: tuple[Engagement, ...]
    subtotals: tuple[Subtotal, ...]
    total: Total
    remaining: Decimal
    followed: int
    buyers: tuple[tuple[UUID, str], ...]
    operations: tuple[str, ...]


@lru_cache(maxsize=1024)
def _natural(number: str) -> tuple[int, str]:
    """Lots sort as people count them: 2 before 10."""
    digits = "".join(char for char in number if char.isdigit())
    return (int(digits) if digits else 0, number)


Key = Callable[[Engagement], Any]
_NEVER = Decimal("-Infinity")
SORTS: dict[str, Key] = {
    "mo": lambda row: (row.buyer_key, row.contract_key),
    "operation": lambda row: search_key(row.operation_name),
    "nom": lambda row: row.contract_key,
    "lot": lambda row: (row.contract_key, _natural(row.lot_number)),
    "titulaire": lambda row: row.contractor_key,
    "fin": lambda row: row.ends_on,
    "dues": lambda row: _first_unknown(row.progress.due_firm),
    "validees": lambda row: row.progress.validated,
    "attente": lambda row: row.progress.declared,
    "reste": lambda row: _first_unknown(row.progress.remaining),
    "taux": lambda row: _first_unknown(row.progress.raw),
    "temps": lambda row: row.elapsed,
    "releve": lambda row: row.progress.last_statement or date.min,
    "referent": lambda row: search_key(row.followed_by),
}


def _first_unknown(value: Decimal | None) -> Decimal:
    return _NEVER if value is None else value


def _kept(row: Engagement, filters: BoardFilters, words: Sequence[str]) -> bool:
    """`words`: search keys, all of which must be found."""
    if filters.buyer_uid and row.buyer_uid != filters.buyer_uid:
        return False
    if filters.operation and row.operation_name != filters.operation:
        return False
    if filters.referent_id and row.referent_id != filters.referent_id:
        return False
    if filters.difficult and not row.is_difficult:
        return False
    if filters.state and _state(row) != filters.state:
        return False
    if not words:
        return True
    text = _text(row)
    return all(word in text for word in words)


def _state(row: Engagement) -> str:
    if row.closed_on is not None:
        return "soldes"
    return "en_cours" if row.is_running else "termines"


def _text(row: Engagement) -> str:
    """All that can be sought in a row."""
    typed = search_key(f"{row.operation_name} {row.lot} {row.owner_name} {row.referent_name}")
    return f"{row.contract_key} {row.buyer_key} {row.contractor_key} {typed}"


def _sorted(rows: Iterable[Engagement], sort: str) -> tuple[Engagement, ...]:
    key = SORTS.get(sort.removeprefix("-"), SORTS["mo"])
    settled = sorted(
        rows, key=lambda row: (row.contract_key, row.contract_id, _natural(row.lot_number), row.id)
    )
    return tuple(sorted(settled, key=key, reverse=sort.startswith("-")))


def _subtotals(rows: Sequence[Engagement]) -> tuple[Subtotal, ...]:
    groups: dict[UUID, list[Engagement]] = {}
    for row in sorted(rows, key=lambda one: one.buyer_key):
        groups.setdefault(row.buyer_uid, []).append(row)
    return tuple(
        Subtotal(uid, group[0].buyer_name, total_of([row.progress for row in group]), _left(group))
        for uid, group in groups.items()
    )


def _left(rows: Iterable[Engagement]) -> Decimal:
    """Hours still to do, engagement by engagement: an excess here does not fill a gap there."""
    return sum((row.progress.remaining or Decimal(0) for row in rows), Decimal(0))


def board(*, actor: Actor, filters: BoardFilters, on: date) -> Board:
    """Return the rows of the board kept by the filters, on all pages: four queries whatever their number."""
    every = engagements(actor=actor, as_of=on)
    words = search_key(filters.words).split()[:8]
    rows = _sorted((row for row in every if _kept(row, filters, words)), filters.sort)
    by_name = sorted(every, key=lambda row: row.buyer_key)
    return Board(
        rows=rows,
        subtotals=_subtotals(rows),
        total=total_of([row.progress for row in rows]),
        remaining=_left(rows),
        followed=len(every),
        buyers=tuple(dict.fromkeys((row.buyer_uid, row.buyer_name) for row in by_name)),
        operations=tuple(sorted({row.operation_name for row in every if row.operation_name}, key=search_key)),
    )
