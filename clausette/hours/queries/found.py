"""What is known of many engagements at once: their hours by month and state, the months handed over. Two queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, Q, QuerySet, Sum, Value

from clausette.hours.enums import LineState, StatementState
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    openings_visible_to,
    statements_visible_to,
)
from clausette.kernel.actor import Actor

ZERO = Decimal(0)
NAMED, COLLECTIVE, OPENING = "named", "collective", "opening"
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
    """Lines, hours without names or balances up to a day, under the same names: `day`, `s` (state), `source`."""
    validated = Value(LineState.VALIDATED.value, CharField())
    kept = rows.filter(**{f"{day}__lte": as_of}).order_by()
    state = validated if source == OPENING else F("state")
    told: QuerySet[Any] = kept.annotate(s=state, source=Value(source, CharField()), day=F(day))
    return told


def _sources(actor: Actor, as_of: date, owed: Collection[int] | None) -> list[QuerySet[Any]]:
    found = [
        _told(lines_visible_to(actor).filter(state__in=COUNTED), NAMED, "month", as_of),
        _told(collective_visible_to(actor).filter(state__in=COUNTED), COLLECTIVE, "month", as_of),
        _told(openings_visible_to(actor).filter(withdrawn_at=None), OPENING, "as_of", as_of),
    ]
    return found if owed is None else [rows.filter(commitment_id__in=owed) for rows in found]


def hours_of_months(
    *, actor: Actor, commitment_ids: Collection[int], as_of: date
) -> list[tuple[int, date, str, str, Decimal]]:
    """Return rows (engagement, day, state, source, hours): lines, hours without names, balances. One query."""
    few = len(commitment_ids) <= MANY
    first, *others = (
        rows.values_list("commitment_id", "day", "s", "source").annotate(total=Sum("hours"))
        for rows in _sources(actor, as_of, commitment_ids if few else None)
    )
    wanted = frozenset(commitment_ids)
    return [row for row in first.union(*others, all=True) if row[0] in wanted]


def hours_by_month(
    *, actor: Actor, commitment_id: int, as_of: date
) -> Iterable[tuple[date, str, str, Decimal]]:
    """Return rows (day, state, source, hours) of one engagement. One query."""
    rows = hours_of_months(actor=actor, commitment_ids=[commitment_id], as_of=as_of)
    return [(day, state, source, total) for _, day, state, source, total in rows]


def found_for(actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date) -> dict[int, Found]:
    """Return the hours by state and the months known of each engagement: two queries, a few rows for each."""
    found: dict[int, Found] = defaultdict(Found)
    few = len(owed) <= MANY
    this_year = Q(day__gte=as_of.replace(month=1, day=1))
    first, *others = (
        rows.values_list("commitment_id", "s", "source").annotate(
            total=Sum("hours"), year=Sum("hours", filter=this_year), days=ArrayAgg("day", distinct=True)
        )
        for rows in _sources(actor, as_of, [c["id"] for c in owed] if few else None)
    )
    for commitment, state, source, total, year, days in first.union(*others, all=True):
        of = found[commitment]
        of.hours[source, state] = total
        if source == OPENING:  # of no month, and of no year unless it is detailed
            of.taken_over_on = max(days)
            continue
        of.year[state] += year or ZERO
        # hours declared by an employer make the month known, even when the titulaire says nothing
        of.hand(days, waiting=state == LineState.DECLARED)
    _hand_statements(actor, owed, as_of, found, few=few)
    return found


def _hand_statements(
    actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date, found: dict[int, Found], *, few: bool
) -> None:
    """Note the months that the titulaires handed over themselves, « aucune heure » included."""
    statements = statements_visible_to(actor).filter(month__lte=as_of, state__in=list(HANDED))
    if few:
        statements = statements.filter(contract_id__in={c["contract_id"] for c in owed})
    by_firm: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in owed:
        by_firm[row["contract_id"], row["contractor_id"]].append(row["id"])
    known = statements.order_by().values("contract_id", "declarant_id", "state").annotate(months=ArrayAgg("month"))
    for contract, declarant, state, months in known.values_list("contract_id", "declarant_id", "state", "months"):
        for commitment in by_firm.get((contract, declarant), ()):
            found[commitment].hand(months, waiting=state == StatementState.SUBMITTED)
