"""What is known of many engagements at once: their hours by month and state, the months handed over. Two queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, CharField, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from clausette.hours.enums import LineState, StatementState
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    openings_visible_to,
    statements_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared

ZERO = Decimal(0)
NAMED, COLLECTIVE, OPENING, HANDED_OVER = "named", "collective", "opening", "handed"
KEPT = (LineState.VALIDATED, LineState.RESERVED)
"""Hours that count: validated, or retained while a piece is awaited."""

COUNTED = (LineState.DECLARED, *KEPT, LineState.REFUSED)
HANDED = (StatementState.SUBMITTED, StatementState.VALIDATED)
MANY = 100
"""Beyond, all that is visible is read: quicker than comparing each line with a long list of engagements."""


@dataclass(frozen=True, slots=True)
class Makeup:
    """What the hours that count are made of, told apart (MODEL §6, point 4). `taken_over_on`: of `opening`."""

    named: Decimal = ZERO
    reserved: Decimal = ZERO
    collective: Decimal = ZERO
    opening: Decimal = ZERO
    taken_over_on: date | None = None

    @property
    def total(self) -> Decimal:
        """All of them."""
        return self.named + self.reserved + self.collective + self.opening


NOTHING = Makeup()


def made_up_of(several: Collection[Makeup]) -> Makeup:
    """Return the sum; the day of the balances taken over when it is the same for all of them."""
    days = {one.taken_over_on for one in several if one.taken_over_on}
    return Makeup(
        named=sum((one.named for one in several), ZERO),
        reserved=sum((one.reserved for one in several), ZERO),
        collective=sum((one.collective for one in several), ZERO),
        opening=sum((one.opening for one in several), ZERO),
        taken_over_on=days.pop() if len(days) == 1 else None,
    )


@dataclass(slots=True)
class Found:
    """What was found for one engagement, before it is counted. `handed`: months of which something is known."""

    hours: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    """By (source, state)."""
    year: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    """Hours of the months of the civil year, by state."""
    handed: set[date] = field(default_factory=set)
    pending: set[date] = field(default_factory=set)
    taken_over_on: date | None = None
    covered_until: date | None = None
    """The day of a balance, one recorded since included: the months before it are asked of nobody."""

    def take_over(self, day: date, hours: Decimal, as_of: date) -> None:
        """Note a balance: its hours count from its day, its months are told whatever the day asked."""
        self.covered_until = max(day, self.covered_until or day)
        if day <= as_of:
            self.hours[OPENING, LineState.VALIDATED] += hours
            self.taken_over_on = max(day, self.taken_over_on or day)

    def hand(self, months: Iterable[date], *, waiting: bool) -> None:
        """Note months handed over, that await validation or not."""
        self.handed.update(months)
        if waiting:
            self.pending.update(months)

    def total(self, state: LineState) -> Decimal:
        """Hours of a state, with names or without."""
        return self.hours[NAMED, state] + self.hours[COLLECTIVE, state]

    @property
    def makeup(self) -> Makeup:
        """What counts, told apart."""
        return Makeup(
            named=self.hours[NAMED, LineState.VALIDATED],
            reserved=self.hours[NAMED, LineState.RESERVED],
            collective=self.hours[COLLECTIVE, LineState.VALIDATED],
            opening=self.hours[OPENING, LineState.VALIDATED],
            taken_over_on=self.taken_over_on,
        )


def _told(rows: QuerySet[Any], source: str, day: str, as_of: date) -> QuerySet[Any]:
    """Lines, hours without names up to a day, balances of any day, under the same names: `day`, `s`, `source`."""
    validated = Value(LineState.VALIDATED.value, CharField())
    kept = (rows if source == OPENING else rows.filter(**{f"{day}__lte": as_of})).order_by()
    state = validated if source == OPENING else F("state")
    told: QuerySet[Any] = kept.annotate(s=state, source=Value(source, CharField()), day=F(day))
    return told


def _sources(actor: Actor, as_of: date, owed: list[int] | None) -> list[QuerySet[Any]]:
    found = [
        _told(lines_visible_to(actor).filter(state__in=COUNTED), NAMED, "month", as_of),
        _told(collective_visible_to(actor).filter(state__in=COUNTED), COLLECTIVE, "month", as_of),
        _told(openings_visible_to(actor).filter(withdrawn_at=None), OPENING, "as_of", as_of),
    ]
    return found if owed is None else [rows.filter(Among("commitment_id", owed)) for rows in found]


@prepared
def _by_month(actor: Actor, commitment_ids: list[int] | None, as_of: date) -> QuerySet[Any, Any]:
    first, *others = (
        rows.values_list("commitment_id", "day", "s", "source").annotate(total=Sum("hours"))
        for rows in _sources(actor, as_of, commitment_ids)
    )
    every: QuerySet[Any, Any] = first.union(*others, all=True)
    return every


def hours_of_months(
    *, actor: Actor, commitment_ids: Collection[int], as_of: date
) -> list[tuple[int, date, str, str, Decimal]]:
    """Return rows (engagement, day, state, source, hours): lines, hours without names, balances. One query.

    Up to `as_of`; balances of a later day too: see `Found.take_over`.
    """
    wanted = frozenset(commitment_ids)
    rows = _by_month(actor, list(wanted) if len(wanted) <= MANY else None, as_of)
    return [row for row in rows if row[0] in wanted]


def hours_by_month(*, actor: Actor, commitment_id: int, as_of: date) -> list[tuple[date, str, str, Decimal]]:
    """Return rows (day, state, source, hours) of one engagement. One query."""
    rows = hours_of_months(actor=actor, commitment_ids=[commitment_id], as_of=as_of)
    return [(day, state, source, total) for _, day, state, source, total in rows]


@prepared
def _totals(
    actor: Actor, commitment_ids: list[int] | None, contract_ids: list[int] | None, as_of: date, year: date
) -> QuerySet[Any, Any]:
    """Hours of engagements, then months handed over: (engagement or contract, declarant, state, source, ...).

    `year`: its first day. `contract_ids`: of the statements.
    """
    first, *others = (
        rows.annotate(who=Cast(Value(0), BigIntegerField()))
        .values_list("commitment_id", "who", "s", "source")
        .annotate(
            total=Sum("hours"),
            year=Sum("hours", filter=Q(day__gte=year)),
            days=ArrayAgg("day", distinct=True),
        )
        for rows in _sources(actor, as_of, commitment_ids)
    )
    handed = statements_visible_to(actor).filter(month__lte=as_of, state__in=list(HANDED)).order_by()
    if contract_ids is not None:
        handed = handed.filter(Among("contract_id", contract_ids))
    nothing = Cast(Value(ZERO), DecimalField(max_digits=10, decimal_places=2))
    told = handed.annotate(s=F("state"), of=Value(HANDED_OVER, CharField()))
    months = told.values_list("contract_id", "declarant_id", "s", "of").annotate(
        total=nothing, year=nothing, days=ArrayAgg("month", distinct=True)
    )
    every: QuerySet[Any, Any] = first.union(*others, months, all=True)
    return every


def found_for(actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date) -> dict[int, Found]:
    """Return the hours by state and the months known of each engagement: one query, a few rows for each."""
    found: dict[int, Found] = defaultdict(Found)
    few = len(owed) <= MANY
    commitments = [c["id"] for c in owed] if few else None
    contracts = sorted({c["contract_id"] for c in owed}) if few else None
    by_firm: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in owed:
        by_firm[row["contract_id"], row["contractor_id"]].append(row["id"])
    rows = _totals(actor, commitments, contracts, as_of, first_of_year(as_of))
    for number, declarant, state, source, total, year, days in rows:
        if source == HANDED_OVER:  # by the titulaire itself, « aucune heure » included
            for commitment in by_firm.get((number, declarant), ()):
                found[commitment].hand(days, waiting=state == StatementState.SUBMITTED)
            continue
        of = found[number]
        if source == OPENING:  # of no month, and of no year unless it is detailed; one at a time is in force
            of.take_over(max(days), total, as_of)
            continue
        of.hours[source, state] = total
        of.year[state] += year or ZERO
        # hours declared by an employer make the month known, even when the titulaire says nothing
        of.hand(days, waiting=state == LineState.DECLARED)
    return found


def first_of_year(day: date) -> date:
    """The first day of the civil year of a day."""
    return day.replace(month=1, day=1)
