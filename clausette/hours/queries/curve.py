"""An engagement month after month: hours due, validated and declared, cumulated; and what is known of each month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.commitments.queries import CommitmentKey, commitment_key, owings_for
from clausette.commitments.rules import Owing
from clausette.hours.enums import LineState, MonthStatus, StatementState
from clausette.hours.models import Statement
from clausette.hours.queries.found import HANDED, KEPT, OPENING, Found, first_of_year, hours_by_month
from clausette.hours.queries.reading import OWED, Progress, counted
from clausette.hours.queries.visible import statements_visible_to
from clausette.hours.rules import StatementFacts, month_status
from clausette.hours.rules.openings import covers
from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day, last_day, months_between
from clausette.kernel.prepared import prepared

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month. `due`, `validated`, `declared`: cumulated at its end, None when there is no such figure (yet).

    `declared` holds the validated hours and those that wait. `month_*`: hours of the month alone.
    """

    month: date
    status: MonthStatus
    due: Decimal | None
    validated: Decimal | None
    declared: Decimal | None
    month_validated: Decimal
    month_declared: Decimal
    month_refused: Decimal


_RANK = (
    MonthStatus.VALIDATED,
    MonthStatus.NIL,
    MonthStatus.DECLARED,
    MonthStatus.RETURNED,
    MonthStatus.DRAFT,
)


def months_curve(*, actor: Actor, commitment_uid: UUID, as_of: date) -> tuple[MonthPoint, ...]:
    """Return the months of an engagement from its start to its term, for its curve and for the table beside.

    Months after `as_of`, or before a balance taken over, have hours due only.
    Raises Absent when the engagement is not visible.
    """
    key, owing = _read(actor, commitment_uid, as_of)
    return _points(key, owing, *_said(actor, key, as_of), as_of)


def followed(
    *, actor: Actor, key: CommitmentKey, owing: Owing, as_of: date
) -> tuple[Progress, tuple[MonthPoint, ...]]:
    """Return the progress and the months of an engagement already read, what it owes as known that day: two queries."""
    rows, known = _said(actor, key, as_of)
    found = Found()
    for day, state, source, total in rows:
        if source == OPENING:
            found.take_over(day, total, as_of)
            continue
        found.hours[source, state] += total
        if day >= first_of_year(as_of):
            found.year[state] += total
        found.hand([day], waiting=state == LineState.DECLARED)
    for month, statements in known.items():
        for statement in statements:
            if statement.state in HANDED:
                found.hand([month], waiting=statement.state == StatementState.SUBMITTED)
    owed = {name: getattr(key, name) for name in OWED}
    return counted(owed, found, owing.figures(as_of), as_of), _points(key, owing, rows, known, as_of)


Rows = list[tuple[date, str, str, Decimal]]
Statements = dict[date, list[StatementFacts]]


def _said(actor: Actor, key: CommitmentKey, as_of: date) -> tuple[Rows, Statements]:
    """Hours by month, and the statements of the titulaire by month: two queries."""
    rows = hours_by_month(actor=actor, commitment_id=key.id, as_of=as_of)
    known: Statements = defaultdict(list)
    for month, state, nil in _statements(actor, key.contract_id, key.contractor_id, as_of):
        known[month].append(StatementFacts(month, StatementState(state), nil))
    return rows, known


def _points(
    key: CommitmentKey, owing: Owing, rows: Rows, known: Statements, as_of: date
) -> tuple[MonthPoint, ...]:
    hours: dict[date, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    taken_over_on, covered_until, opening = None, None, ZERO
    for day, state, source, total in rows:
        if source == OPENING:
            covered_until = day
            taken_over_on, opening = (day, total) if day <= as_of else (None, ZERO)
        else:
            hours[day][LineState.VALIDATED if state in KEPT else state] += total
    first = min([first_day(key.starts_on), *hours])
    last = max([first_day(key.ends_on), *hours])
    points, validated, waiting = [], opening, ZERO
    reached = max([*hours, *known, *([first_day(taken_over_on)] if taken_over_on else [])], default=None)
    flat = not owing.parts and owing.basis is None
    for month in months_between(first, last):
        of = hours[month] if month in hours else defaultdict(lambda: ZERO)
        validated += of[LineState.VALIDATED]
        waiting += of[LineState.DECLARED]
        past = reached is not None and month <= reached
        before = taken_over_on is not None and month < first_day(taken_over_on)
        points.append(
            MonthPoint(
                month=month,
                status=MonthStatus.TAKEN_OVER
                if covers(covered_until, month)
                else _status(known.get(month, []), of),
                due=None if flat else owing.figures(last_day(month)).to_date,
                validated=validated if past and not before else None,
                declared=validated + waiting if past and waiting and not before else None,
                month_validated=of[LineState.VALIDATED],
                month_declared=of[LineState.DECLARED],
                month_refused=of[LineState.REFUSED],
            )
        )
    return tuple(points)


def _read(actor: Actor, uid: UUID, as_of: date) -> tuple[CommitmentKey, Owing]:
    key = commitment_key(actor, uid)
    return key, owings_for(actor=actor, commitment_ids=[key.id], as_of=as_of)[key.id]


@prepared
def _statements(
    actor: Actor, contract_id: int, declarant_id: int, as_of: date
) -> QuerySet[Statement, tuple[Any, ...]]:
    rows = statements_visible_to(actor).filter(
        contract_id=contract_id, declarant_id=declarant_id, month__lte=as_of
    )
    return rows.order_by().values_list("month", "state", "is_nil")


def _status(statements: list[StatementFacts], hours: dict[str, Decimal]) -> MonthStatus:
    """What is known of the month: the titulaire's own statement, else hours declared by an employer."""
    known = {month_status(statement) for statement in statements}
    if hours.get(LineState.DECLARED):
        return MonthStatus.DECLARED
    if hours.get(LineState.VALIDATED) or hours.get(LineState.REFUSED):
        return MonthStatus.VALIDATED
    return next((status for status in _RANK if status in known), MonthStatus.UNKNOWN)
