"""Is this official record a contract that we already hold? The person decides whenever it is not exact
(MODEL §1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clausette.kernel.text import strip_accents

_AMOUNT_TOLERANCE = Decimal("0.01")  # trade practice: typed amounts are often rounded
_DAYS_TOLERANCE = 15  # trade practice: date of signature typed for date of notification


class MatchKind(StrEnum):
    """How sure the match is."""

    EXACT = "exact"
    PROBABLE = "probable"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Record:
    """What identifies an official record. Empty text or None: unknown."""

    buyer_siret: str
    number: str = ""
    contractor_sirets: frozenset[str] = frozenset()
    cpv: str = ""
    amount_ht: Decimal | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract that we hold: `key` is given back to the caller (its uid)."""

    key: str
    record: Record


@dataclass(frozen=True, slots=True)
class Match:
    """Answer: the kind, and the keys of the contracts concerned (one when exact, at least one when
    probable)."""

    kind: MatchKind
    keys: tuple[str, ...]


def normal_number(number: str) -> str:
    """Return the number of a contract without spaces, case, punctuation and leading zeros of its parts."""
    kept = "".join(char for char in strip_accents(number).upper() if char.isalnum())
    return kept.lstrip("0") or kept


def reconcile(record: Record, candidates: Iterable[Candidate]) -> Match:
    """Find `record` among the contracts that we hold.

    Exact: one contract of the same buyer (SIRET) with the same number. Probable: same number and same legal
    body, or same buyer and contractor with at least two of CPV, amount and date alike and none contrary.
    """
    kept = list(candidates)
    same_number = [held for held in kept if _same_number(record, held.record)]
    exact = [held.key for held in same_number if held.record.buyer_siret == record.buyer_siret]
    if len(exact) == 1:
        return Match(MatchKind.EXACT, (exact[0],))
    probable = [
        held.key
        for held in kept
        if held.record.buyer_siret[:9] == record.buyer_siret[:9]
        and (held in same_number or _alike(record, held.record))
    ]
    return Match(MatchKind.PROBABLE, tuple(probable)) if probable else Match(MatchKind.NONE, ())


def _same_number(one: Record, other: Record) -> bool:
    return bool(one.number) and normal_number(one.number) == normal_number(other.number)


def _alike(one: Record, other: Record) -> bool:
    if not one.contractor_sirets & other.contractor_sirets:
        return False
    signs = [_same_cpv(one.cpv, other.cpv), _same_amount(one, other), _same_date(one, other)]
    return False not in signs and signs.count(True) >= 2


def _same_cpv(one: str, other: str) -> bool | None:
    """A general code (45000000) and a precise one of the same family (45211000) do not contradict each
    other."""
    if not one or not other:
        return None
    short, long = sorted((one[:8].rstrip("0"), other[:8].rstrip("0")), key=len)
    return long.startswith(short)


def _same_amount(one: Record, other: Record) -> bool | None:
    if one.amount_ht is None or other.amount_ht is None:
        return None
    greater = max(abs(one.amount_ht), abs(other.amount_ht))
    return abs(one.amount_ht - other.amount_ht) <= greater * _AMOUNT_TOLERANCE


def _same_date(one: Record, other: Record) -> bool | None:
    if one.notified_on is None or other.notified_on is None:
        return None
    return abs((one.notified_on - other.notified_on).days) <= _DAYS_TOLERANCE
