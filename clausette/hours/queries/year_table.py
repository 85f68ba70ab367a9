"""The hours of a year, each credited once: by structure that reports them and contract where they were worked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    opening_years_visible_to,
)
from clausette.hours.queries.years import reported_rows
from clausette.kernel.actor import Actor
from clausette.procurement.queries import contracts_visible_to

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearRow:
    """What one structure reports of one contract. `opening`: balances taken over, where they detail this year.

    A contract that the actor may not know (hours credited here by an act) has no uid and no name.
    """

    structure_uid: UUID
    structure_name: str
    contract_uid: UUID | None
    contract_name: str
    named: Decimal
    collective: Decimal
    catch_up: Decimal
    opening: Decimal

    @property
    def total(self) -> Decimal:
        """All that the year reports of it."""
        return self.named + self.collective + self.catch_up + self.opening


def year_table(*, actor: Actor, year: int, as_of: date) -> tuple[YearRow, ...]:
    """Return the hours that a year reports, by structure déclarante then contract. Six queries.

    The sum of the rows is the year of the territory: no hour is in two of them.
    """
    found: dict[tuple[UUID, str, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for uid, name, contract, kind, hours in _sums(actor, year, as_of):
        found[uid, name, contract][kind] += hours
    contracts = contracts_visible_to(actor).filter(pk__in={contract for *_, contract in found})
    told = {pk: (uid, name) for pk, uid, name in contracts.values_list("id", "uid", "common_name")}
    rows = []
    for (structure, by, contract), sums in found.items():
        where = told.get(contract, (None, ""))
        parts = (sums["named"], sums["collective"], sums["catch_up"], sums["opening"])
        if any(parts):
            rows.append(YearRow(structure, by, where[0], where[1], *parts))
    return tuple(sorted(rows, key=lambda row: (row.structure_name, row.contract_name, str(row.contract_uid))))


def _sums(actor: Actor, year: int, as_of: date) -> Iterator[tuple[UUID, str, int, str, Decimal]]:
    """(structure, its name, contract, kind, hours). Three queries and the dated parameters."""
    of_year = Q(month__gte=date(year, 1, 1))
    sources = (
        ("named", reported_rows(actor, lines_visible_to(actor), year, as_of), "worked_contract_id"),
        ("collective", reported_rows(actor, collective_visible_to(actor), year, as_of), "contract_id"),
    )
    for kind, rows, contract in sources:
        summed = rows.order_by().values_list("reporting_org__uid", "reporting_org__name", contract)
        for uid, name, where, own, late in summed.annotate(
            own=Sum("hours", filter=of_year), late=Sum("hours", filter=~of_year)
        ):
            yield uid, name, where, kind, own or ZERO
            yield uid, name, where, "catch_up", late or ZERO
    balances = opening_years_visible_to(actor).filter(
        year=year, balance__withdrawn_at=None, balance__as_of__lte=as_of
    )
    detailed = balances.order_by().values_list(
        "commitment__lead_org__uid", "commitment__lead_org__name", "contract_id"
    )
    for uid, name, where, hours in detailed.annotate(total=Sum("hours")):
        yield uid, name, where, "opening", hours
