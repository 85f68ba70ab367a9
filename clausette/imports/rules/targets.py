"""Share of the contracts of a buyer with a social consideration, by year of notification, beside its target.

Source: PNAD 2022-2025 (30 % of the contracts notified with at least one social consideration by 2025), SPASER (L2111-3
CCP: indicators in number of contracts or in value). A social consideration is a clause, a criterion or a reservation.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """A contract to count once: `social` None when nobody says. Amount in euros without tax, None when not known."""

    key: str
    notified_on: date
    amount_ht: Decimal | None
    social: bool | None
    published: bool


@dataclass(frozen=True, slots=True)
class YearShare:
    """A year: contracts for which the consideration is known, and those with one; the same in euros without tax.

    `unknown`: contracts of which nobody says it, left out of the shares. `own`: known from our own base only.
    """

    year: int
    contracts: int
    social: int
    amount: Decimal
    social_amount: Decimal
    unknown: int
    own: int

    @property
    def by_number(self) -> Decimal | None:
        """Share (0–1) of the contracts."""
        return Decimal(self.social) / self.contracts if self.contracts else None

    @property
    def by_amount(self) -> Decimal | None:
        """Share (0–1) of the amounts."""
        return self.social_amount / self.amount if self.amount else None


def by_year(rows: Iterable[Counted]) -> tuple[YearShare, ...]:
    """Return the shares of each year, the last first. A contract published and in our base is counted as published."""
    once: dict[str, Counted] = {}
    for row in rows:
        held = once.get(row.key)
        if held is None or (row.published and not held.published):
            once[row.key] = row
    years: defaultdict[int, list[Counted]] = defaultdict(list)
    for row in once.values():
        years[row.notified_on.year].append(row)
    return tuple(_share(year, years[year]) for year in sorted(years, reverse=True))


def _share(year: int, rows: list[Counted]) -> YearShare:
    known = [row for row in rows if row.social is not None]
    social = [row for row in known if row.social]
    return YearShare(
        year, len(known), len(social), _sum(known), _sum(social), len(rows) - len(known),
        sum(1 for row in known if not row.published),
    )  # fmt: skip


def _sum(rows: list[Counted]) -> Decimal:
    return sum((row.amount_ht or ZERO for row in rows), ZERO)
