"""What may no longer be kept on a day, since when, why, and from when the persons in charge are told. Pure.

Sources: the dated rows of `reference.facts.retention`. A term is the last day on which the data may be there, both
days included, « 24 mois après le 31 août » being the 31st of August; a month end is clamped (29 February).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clausette.kernel.months import add_months
from clausette.reference.facts.retention import RetentionRow

RULE_VERSION = "conservation-1"


class Fate(StrEnum):
    """Where a piece of data stands on a day."""

    KEPT = "kept"
    NOTICED = "noticed"
    HELD = "held"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, or a check withdrawn before it (its day is then the one it was asked); the last day on which it could
    be used (None: it opened none).
    """

    on: date
    eligible_until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the clock of one person needs. `last_end`: of the last work contract; `running`: one has no end yet."""

    last_contact: date
    placed: bool = False
    last_end: date | None = None
    running: bool = False
    decisions: tuple[Decided, ...] = ()
    evidence_validated_on: date | None = None
    held_until: date | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """What goes: its category, the last day it may be there, the day from which it is announced, why, and its fate."""

    category: str
    kept_until: date
    notice_from: date
    why: str
    fate: Fate
    held_until: date | None = None


def row_on(rows: Iterable[RetentionRow], code: str, on: date) -> RetentionRow | None:
    """Return the row of a category in force that day, None when none was yet."""
    known = [row for row in rows if row.code == code and row.starts_on <= on]
    return max(known, key=lambda row: row.starts_on) if known else None


def last_day(row: RetentionRow, since: date, most: date | None = None) -> date:
    """Return the last day on which the data may be there. `most`: a second limit, when the row has one."""
    if row.years_from_new_year:
        since = date(since.year, 12, 31)
    end = add_months(since, row.months) + timedelta(days=row.days)
    return min(end, most) if row.most_since and most is not None else end


def going(
    row: RetentionRow, since: date, on: date, *, most: date | None = None, held_until: date | None = None
) -> Going:
    """Say what becomes of one piece of data on a day. A hold prevails until its last day, included."""
    end = last_day(row, since, most)
    notice = end - timedelta(days=row.notice_days)
    fate = _fate(end, notice, on, held_until)
    return Going(row.code, end, notice, _why(row, most is not None and end == most), fate, held_until)


def _why(row: RetentionRow, capped: bool) -> str:
    return f"dès {row.most_since}" if capped else f"{row.lasts} après {row.since}"


def fate_of(end: date, on: date, held_until: date | None) -> Fate:
    """Say where a piece of data already announced stands."""
    return _fate(end, date.min, on, held_until)


def _fate(end: date, notice: date, on: date, held_until: date | None) -> Fate:
    if on > end:
        return Fate.HELD if held_until is not None and on <= held_until else Fate.DUE
    return Fate.NOTICED if on >= notice else Fate.KEPT


def of_person(facts: PersonFacts, rows: Iterable[RetentionRow], on: date) -> tuple[Going, ...]:
    """Return what is on the clock for one person that day: identity, each reason, the evidence.

    A person with a work contract that has no end yet has no term. Contact after the end of work counts from its day.
    """
    known = tuple(rows)
    found: list[Going] = []
    code = "person" if facts.placed else "candidate"
    since = max(facts.last_contact, facts.last_end) if facts.last_end else facts.last_contact
    identity = row_on(known, code, on)
    if identity is not None and not facts.running:
        found.append(going(identity, since, on, held_until=facts.held_until))
    reason = row_on(known, "reason", on)
    if reason is not None and not facts.running:
        found += [_reason(reason, one, facts, on) for one in facts.decisions]
    evidence = row_on(known, "evidence", on)
    if evidence is not None and facts.evidence_validated_on is not None:
        found.append(going(evidence, facts.evidence_validated_on, on, held_until=facts.held_until))
    return tuple(found)


def _reason(row: RetentionRow, one: Decided, facts: PersonFacts, on: date) -> Going:
    """While a person works on it, the reason serves the counts of the engagement: it goes after the end of work."""
    since = max(one.on, facts.last_end) if facts.last_end else one.on
    most = None if facts.placed else one.eligible_until
    return going(row, since, on, most=most, held_until=facts.held_until)


def counted(found: Iterable[Going]) -> Mapping[str, int]:
    """Count what is due by category."""
    counts: dict[str, int] = {}
    for one in found:
        if one.fate == Fate.DUE:
            counts[one.category] = counts.get(one.category, 0) + 1
    return counts


def fse_hold_until(row: RetentionRow, last_payment_on: date) -> date:
    """Return the last day of the hold of an FSE+ operation: five years from the 31st of December of the payment."""
    return last_day(row, last_payment_on)


def review_due(set_on: date, reviewed_on: date | None, until: date) -> date:
    """Return the day on which a hold is looked at again: a year after, and never beyond its end."""
    return min(add_months(reviewed_on or set_on, 12), until)
