"""Which months are expected, and what is known of each: silence is « inconnu », never zero (MODEL §5)."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clausette.commitments.enums import Periodicity
from clausette.hours.enums import MonthStatus, StatementState
from clausette.kernel.months import add_months, first_day, last_day, months_between
from clausette.reference.rules import next_working_day


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What a statement says of its month."""

    month: date
    state: StatementState
    nil: bool


def months_expected(
    starts_on: date,
    ends_on: date | None,
    on: date,
    periodicity: str = Periodicity.MONTHLY,
    due_day: int = 1,
    since: date | None = None,
) -> list[date]:
    """Return the months (first days) for which a statement is expected on `on`.

    Those touched by `starts_on`..`ends_on` that are over on the evening of `on`; the running month is not. Handed over
    by quarter, the months of a quarter are expected together, from `due_day` of the month after it. `since`: first
    month followed, when the engagement was taken over under way.
    """
    over = first_day(on) if on == last_day(on) else add_months(first_day(on), -1)
    end = over if ends_on is None else min(first_day(ends_on), over)
    first = first_day(starts_on)
    months = months_between(first if since is None else max(first, first_day(since)), end)
    if periodicity != Periodicity.QUARTERLY:
        return months
    return [month for month in months if due_on(month, Periodicity.QUARTERLY, due_day) <= on]


def month_status(statement: StatementFacts | None) -> MonthStatus:
    """Return what is known of a month from its statement, or from its absence."""
    if statement is None:
        return MonthStatus.UNKNOWN
    # « aucune heure ce mois-ci » is known as soon as it is handed over
    if statement.nil and statement.state in {StatementState.SUBMITTED, StatementState.VALIDATED}:
        return MonthStatus.NIL
    return {
        StatementState.DRAFT: MonthStatus.DRAFT,
        StatementState.SUBMITTED: MonthStatus.DECLARED,
        StatementState.RETURNED: MonthStatus.RETURNED,
        StatementState.VALIDATED: MonthStatus.VALIDATED,
    }[statement.state]


def missing_months(expected: Iterable[date], statements: Iterable[StatementFacts]) -> list[date]:
    """Return the expected months of which nothing was handed over: no statement, a draft or a returned
    one."""
    handed = {s.month for s in statements if s.state in {StatementState.SUBMITTED, StatementState.VALIDATED}}
    return silent_months(expected, handed)


def silent_months(expected: Iterable[date], handed: Set[date]) -> list[date]:
    """Return the expected months that are not among those handed over."""
    return [month for month in expected if month not in handed]


def pending_months(statements: Iterable[StatementFacts]) -> list[date]:
    """Return the months handed over that await validation, in order, each once."""
    return sorted({s.month for s in statements if s.state == StatementState.SUBMITTED})


@lru_cache(maxsize=4096)
def due_on(month: date, periodicity: Periodicity, due_day: int) -> date:
    """Return the day on which the statement of `month` is due: `due_day` of the month after the period.

    `due_day` is clamped to the length of the month; on a week-end or a public holiday, the next worked day.
    """
    target = add_months(first_day(closes_on(month, periodicity)), 1)
    return next_working_day(target.replace(day=max(1, min(due_day, last_day(target).day))))


def closes_on(month: date, periodicity: Periodicity) -> date:
    """Return the last day of the period of `month`: the month itself, or its calendar quarter."""
    span = 2 - (month.month - 1) % 3 if periodicity == Periodicity.QUARTERLY else 0
    return last_day(add_months(first_day(month), span))


@lru_cache(maxsize=256)
def last_late(periodicity: Periodicity, due_day: int, on: date) -> date:
    """Return the last month whose statement is late on `on` when nobody handed it over (see `is_late`)."""
    month = first_day(on)
    while not is_late(month, periodicity, due_day, on):
        month = add_months(month, -1)
    return month


def is_late(month: date, periodicity: Periodicity, due_day: int, on: date) -> bool:
    """Say whether a statement of `month` not yet handed over is late on `on`: the due day itself is not
    late."""
    return on > due_on(month, periodicity, due_day)
