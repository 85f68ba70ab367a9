"""What the structure's past contracts of a trade ask, beside a calculation.

Achievement is counted above this floor, in `hours`: it is not told here.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.rules import Comparison, PastFigure, compare, cpv_digits
from clausette.commitments.queries import list_commitments
from clausette.kernel.actor import Actor
from clausette.procurement.queries import TradeContract, contracts_of_trade
from clausette.reference.queries import labour_rows

SHORTEST = 4
"""Digits of a CPV code that make a family when its trade is not known (group of the nomenclature)."""


@dataclass(frozen=True, slots=True)
class PastLine:
    """A contract or a lot compared; hours due firm at term, amount in euros without tax."""

    contract_uid: UUID
    name: str
    amount_ht: Decimal
    hours: Decimal
    per_100k: Decimal


@dataclass(frozen=True, slots=True)
class PastContracts:
    """The contracts compared, and how many could not be (no firm amount, or no hours in figures)."""

    lines: tuple[PastLine, ...]
    comparison: Comparison | None
    left_out: int


def prefixes_of(*, trade: str = "", cpv: str = "", on: date) -> tuple[str, ...]:
    """Return the first digits of the codes of a trade, else of the family of a CPV code; none when nothing is said."""
    rows = labour_rows(on)
    if trade:
        return next((row.cpv for row in rows if row.code == trade), ())
    if not cpv:
        return ()
    try:
        digits = cpv_digits(cpv)
    except ValueError:
        return ()
    known = [prefix for row in rows for prefix in row.cpv if digits.startswith(prefix)]
    return (max(known, key=len),) if known else (digits[:SHORTEST],)


def past_of(*, actor: Actor, prefixes: Collection[str], on: date) -> PastContracts:
    """Return the structure's own contracts of a trade, which are those of its territory (a few queries)."""
    found = contracts_of_trade(actor=actor, prefixes=prefixes)
    if not found:
        return PastContracts((), None, 0)
    hours: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for line in list_commitments(actor=actor, as_of=on, contract_ids={one.contract_id for one in found}):
        hours[line.contract_id, line.lot_number] += line.figures.firm_at_term or 0
    lines, left_out = [], 0
    for one in found:
        due = hours.get((one.contract_id, one.lot_number))
        if due and one.amount_ht:
            lines.append(_line(one, one.amount_ht, due))
        elif due:
            left_out += 1
    figures = [PastFigure(line.amount_ht, line.hours) for line in lines]
    return PastContracts(tuple(lines), compare(figures), left_out)


def _line(one: TradeContract, amount: Decimal, hours: Decimal) -> PastLine:
    name = f"{one.common_name}, lot {one.lot_number}" if one.lot_number else one.common_name
    return PastLine(one.contract_uid, name, amount, hours, PastFigure(amount, hours).per_100k)
