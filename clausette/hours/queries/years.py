"""Hours of a civil year by month worked, rattrapages on their own line; of the lines that a structure reports."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Sum

from clausette.hours.enums import LineState
from clausette.hours.queries.found import KEPT
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    opening_years_visible_to,
    statements_visible_to,
)
from clausette.hours.rules.years import closing_of
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.prepared import Among
from clausette.placements.queries import placements_visible_to
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearScope:
    """Which hours: those that a structure reports (structure déclarante), of some contracts. None: all the visible.

    `contract_ids` are the contracts where people worked, not those credited by an act of globalisation.
    """

    reporting_org_id: int | None = None
    contract_ids: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class YearHours:
    """Hours of a year as known on `as_of`. `named` and `collective` are of its months; `catch_up` of closed years.

    `reserved` is a part of `named`. `opening`: balances taken over, only where they detail this year. `people`:
    different persons with hours of its months.
    """

    year: int
    as_of: date
    by_month: tuple[tuple[date, Decimal], ...]
    named: Decimal
    collective: Decimal
    reserved: Decimal
    catch_up: Decimal
    catch_up_by_month: tuple[tuple[date, Decimal], ...]
    opening: Decimal
    people: int

    @property
    def worked(self) -> Decimal:
        """Hours of the months of the year, with names or without."""
        return self.named + self.collective


def hours_of_year(*, actor: Actor, year: int, as_of: date, scope: YearScope | None = None) -> YearHours:
    """Return the hours that a year reports, as known on `as_of`. Five queries, plus the dated parameters."""
    kept = scope or YearScope()
    own: dict[str, Decimal] = defaultdict(lambda: ZERO)
    months: dict[date, Decimal] = defaultdict(lambda: ZERO)
    late: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for kind, month, state, hours in _reported(actor, kept, year, as_of):
        if month.year < year:
            late[month] += hours
            continue
        months[month] += hours
        own[kind] += hours
        own[state] += hours
    return YearHours(
        year=year,
        as_of=as_of,
        by_month=tuple(sorted(months.items())),
        named=own["named"],
        collective=own["collective"],
        reserved=own[LineState.RESERVED],
        catch_up=sum(late.values(), ZERO),
        catch_up_by_month=tuple(sorted(late.items())),
        opening=_opening(actor, kept, year, as_of),
        people=_people(actor, kept, year, as_of),
    )


def retained_by(actor: Actor, day: date) -> Q:
    """Condition: retained on this day at the latest, with the statement, or apart for a line added after.

    Statements are read once, as a set: joined, each is looked for by each of its lines.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, PARIS)
    validated = statements_visible_to(actor).filter(validated_at__lt=midnight).order_by()
    return Q(added_on__lte=day) | Q(added_on=None, statement_id__in=Subquery(validated.values("pk")))


def reported_rows(actor: Actor, rows: QuerySet[Any], year: int, as_of: date) -> QuerySet[Any]:
    """Keep the lines, or hours without names, that a year reports: of its months, or rattrapages of closed years.

    The rule `reported_in`, as a condition of the database.
    """
    closing = int(parameters_on(as_of)["year_closing_month"])
    first, before = date(year, 1, 1), closing_of(year - 1, month=closing)
    until = min(as_of, closing_of(year, month=closing))
    reported = Q(month__gte=first) | ~retained_by(actor, before)
    found: QuerySet[Any] = rows.filter(
        reported, retained_by(actor, until), state__in=KEPT, month__lte=date(year, 12, 1)
    )
    return found


def _scoped(rows: QuerySet[Any], scope: YearScope, contract: str) -> QuerySet[Any]:
    if scope.reporting_org_id is not None:
        rows = rows.filter(reporting_org_id=scope.reporting_org_id)
    if scope.contract_ids is not None:
        rows = rows.filter(**{f"{contract}__in": list(scope.contract_ids)})
    return rows


def _reported(
    actor: Actor, scope: YearScope, year: int, as_of: date
) -> Iterator[tuple[str, date, str, Decimal]]:
    """(kind, month, state, hours) that the year reports: sums, not lines. Two queries."""
    sources = (
        ("named", _scoped(lines_visible_to(actor), scope, "worked_contract_id")),
        ("collective", _scoped(collective_visible_to(actor), scope, "contract_id")),
    )
    for kind, rows in sources:
        sums = reported_rows(actor, rows, year, as_of).order_by().values_list("month", "state")
        for month, state, total in sums.annotate(total=Sum("hours")):
            yield kind, month, state, total


def _people(actor: Actor, scope: YearScope, year: int, as_of: date) -> int:
    rows = _scoped(lines_visible_to(actor), scope, "worked_contract_id")
    of_year = rows.filter(
        retained_by(actor, as_of), state__in=KEPT, month__gte=date(year, 1, 1), month__lte=date(year, 12, 1)
    )
    work = list(of_year.order_by().values_list("placement_id", flat=True).distinct())
    held = placements_visible_to(actor).filter(Among("id", work)).order_by()
    return held.values("participant_id").distinct().count()


def _opening(actor: Actor, scope: YearScope, year: int, as_of: date) -> Decimal:
    """What balances taken over detail of the year; they are reported by the structure référente of the engagement."""
    rows = opening_years_visible_to(actor).filter(
        year=year, balance__withdrawn_at=None, balance__as_of__lte=as_of
    )
    if scope.reporting_org_id is not None:
        rows = rows.filter(commitment__lead_org_id=scope.reporting_org_id)
    if scope.contract_ids is not None:
        rows = rows.filter(contract_id__in=list(scope.contract_ids))
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or ZERO
