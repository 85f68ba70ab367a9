"""Hours of each engagement month by month, told apart: what sums, months and curve of a document rest on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.queries import CommitmentLine, owings_for
from clausette.hours.enums import LineState
from clausette.hours.queries import COLLECTIVE, OPENING, Progress, hours_of_months
from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day, last_day, months_between
from clausette.reports.followup.facts import CurveRow, MonthRow
from clausette.reports.rules import Span

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Month:
    """Hours of one month (or of several, added): those that count, told apart, and those that wait."""

    month: date
    named: Decimal = ZERO
    reserved: Decimal = ZERO
    collective: Decimal = ZERO
    waiting: Decimal = ZERO

    @property
    def validated(self) -> Decimal:
        """All those that count, as the pages say it."""
        return self.named + self.reserved + self.collective

    @property
    def is_empty(self) -> bool:
        """Nothing counted, nothing waiting."""
        return (self.validated, self.waiting) == (ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Done:
    """Where an engagement stands, and its hours month after month (balances taken over are of no month)."""

    progress: Progress
    by_month: tuple[Month, ...]

    def within(self, span: Span) -> Month:
        """Hours of the months of the period."""
        return added(span.starts_on, (row for row in self.by_month if span.holds(row.month)))


def added(month: date, rows: Iterable[Month]) -> Month:
    """Return the sum of several months, as if they were one."""
    kept = list(rows)
    return Month(
        month,
        named=sum((row.named for row in kept), ZERO),
        reserved=sum((row.reserved for row in kept), ZERO),
        collective=sum((row.collective for row in kept), ZERO),
        waiting=sum((row.waiting for row in kept), ZERO),
    )


def months_worked(actor: Actor, commitment_ids: Sequence[int], until: date) -> dict[int, tuple[Month, ...]]:
    """Return the months of each engagement with hours that count or wait, in order (one query)."""
    found: dict[int, dict[date, list[Month]]] = defaultdict(lambda: defaultdict(list))
    rows = hours_of_months(actor=actor, commitment_ids=commitment_ids, as_of=until)
    for owed, day, state, source, hours in rows:
        told = _told(day, state, source, hours)
        if told is not None:
            found[owed][day].append(told)
    return {
        owed: tuple(added(month, several) for month, several in sorted(months.items()))
        for owed, months in found.items()
    }


def _told(day: date, state: str, source: str, hours: Decimal) -> Month | None:
    """One row of hours as a month; None for what no month holds: a balance, hours not retained."""
    if source == OPENING:
        return None
    if state == LineState.DECLARED:
        return Month(day, waiting=hours)
    if state == LineState.RESERVED:
        return Month(day, reserved=hours)
    if state == LineState.VALIDATED:
        return Month(day, collective=hours) if source == COLLECTIVE else Month(day, named=hours)
    return None


def summed(done: Iterable[Done]) -> dict[date, Month]:
    """Return the months of several engagements together."""
    found: dict[date, list[Month]] = defaultdict(list)
    for one in done:
        for row in one.by_month:
            found[row.month].append(row)
    return {month: added(month, rows) for month, rows in found.items()}


def month_rows(done: Sequence[Done], span: Span, as_of: date) -> tuple[MonthRow, ...]:
    """The months of the period up to the day of the figures, empty ones included between the first and the last."""
    found = {month: hours for month, hours in summed(done).items() if span.holds(month)}
    if not found:
        return ()
    wanted = months_between(min(found), max(*found, first_day(min(as_of, span.ends_on))))
    rows = (found.get(month, Month(month)) for month in wanted)
    return tuple(MonthRow(row.month, row.validated, row.waiting) for row in rows)


def curve_rows(
    actor: Actor, owed: Sequence[CommitmentLine], done: Sequence[Done], as_of: date
) -> tuple[CurveRow, ...]:
    """Cumulated hours from the first engagement to the last term: due to the end, done up to the day of the figures.

    Balances taken over are there from the first month, or from their own day when it is the same for all of them.
    """
    if not owed:
        return ()
    known = owings_for(actor=actor, commitment_ids=[line.id for line in owed], as_of=as_of).values()
    owing = [one for one in known if one.parts or one.basis is not None]
    found, opening = summed(done), sum((one.progress.makeup.opening for one in done), ZERO)
    taken_over = _taken_over(done)
    starts = [*found, *(first_day(line.starts_on) for line in owed)]
    ends = [*found, *(first_day(line.ends_on) for line in owed)]
    reached = max([*found, *([taken_over] if taken_over else [])], default=None)
    awaited = any(row.waiting for row in found.values())
    rows, validated, waiting = [], opening, ZERO
    for month in months_between(min(starts), max(ends)):
        hours = found.get(month, Month(month))
        validated, waiting = validated + hours.validated, waiting + hours.waiting
        past = reached is not None and month <= reached and not (taken_over and month < taken_over)
        due = sum((one.figures(last_day(month)).to_date for one in owing), ZERO) if owing else None
        declared = validated + waiting if past and awaited else None
        rows.append(CurveRow(month, due, validated if past else None, declared))
    return tuple(rows)


def _taken_over(done: Sequence[Done]) -> date | None:
    """The month of the balances taken over, when all engagements have theirs on the same day."""
    days = {one.progress.makeup.taken_over_on for one in done}
    day = days.pop() if len(days) == 1 else None
    return first_day(day) if day else None


def with_months(progress: Mapping[int, Progress], worked: Mapping[int, tuple[Month, ...]]) -> dict[int, Done]:
    """Return where each engagement stands, with its months."""
    return {pk: Done(one, worked.get(pk, ())) for pk, one in progress.items()}
