"""Counting without lying on paper: masking of small groups, periods of a document, age bands (MODEL §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clausette.kernel.french import format_date
from clausette.kernel.months import add_months, first_day, last_day

MAIN = "somme"
"""Each person is in one row: rows add up to the total."""
SEVERAL = "plusieurs"
"""A person may be in several rows: rows do not add up."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a breakdown: different people, and their hours."""

    label: str
    people: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """The same row as it may be printed: None for what is masked."""

    label: str
    people: int | None
    hours: Decimal | None


def masked(groups: Sequence[Group], *, below: int, rule: str, total: int) -> tuple[Shown, ...]:
    """Return the rows as a party of the contract may read them; empty when nothing may be (MODEL §6, point 10).

    A row of 1 to `below - 1` people is masked, people and hours together. Where rows add up (`MAIN`), more rows are
    masked until those hidden are at least two and hold at least `below` people: no subtraction from the total gives
    one of them. Where they do not (`SEVERAL`), a row is also masked when those outside it are too few. `total`: people
    of the whole, which is always printed.
    """
    if rule == SEVERAL:
        hidden = {
            n
            for n, group in enumerate(groups)
            if _few(group.people, below) or _few(total - group.people, below)
        }
    else:
        hidden = _hidden(groups, below)
    if not groups or len(hidden) == len(groups):
        return ()
    return tuple(
        Shown(group.label, None, None) if n in hidden else Shown(group.label, group.people, group.hours)
        for n, group in enumerate(groups)
    )


def shown(groups: Sequence[Group]) -> tuple[Shown, ...]:
    """Return the rows as the structure itself reads them: nothing masked."""
    return tuple(Shown(group.label, group.people, group.hours) for group in groups)


def _few(people: int, below: int) -> bool:
    return 0 < people < below


def _hidden(groups: Sequence[Group], below: int) -> set[int]:
    """Rows to mask where rows add up: the small ones, then the next smallest until no subtraction tells anything."""
    hidden = {n for n, group in enumerate(groups) if _few(group.people, below)}
    others = (n for n in range(len(groups)) if n not in hidden)
    left = sorted(others, key=lambda n: (not groups[n].people, groups[n].people, n))
    while hidden and left and (len(hidden) < 2 or sum(groups[n].people for n in hidden) < below):
        hidden.add(left.pop(0))
    if hidden and not any(groups[n].people for n in left):  # only empty rows would be told: the rest follows
        return set(range(len(groups)))
    return hidden


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a document, both included, and how they are said: « année 2026 », « du … au … »."""

    starts_on: date
    ends_on: date

    @property
    def label(self) -> str:
        """« année 2026 », else « du 1er mars 2026 au 31 mai 2026 »."""
        year = self.starts_on.year
        if (self.starts_on, self.ends_on) == (date(year, 1, 1), date(year, 12, 31)):
            return f"année {year}"
        return f"du {format_date(self.starts_on)} au {format_date(self.ends_on)}"

    def holds(self, month: date) -> bool:
        """Say whether a month (its first day) is in the period: months are whole."""
        return first_day(self.starts_on) <= month <= self.ends_on


def civil_year(year: int) -> Span:
    """Return the days of a civil year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def span_refusal(span: Span) -> str:
    """Return « » when a document may cover this period, else why not: hours are known by whole months."""
    if span.ends_on < span.starts_on:
        return "La fin de la période précède son début."
    if span.starts_on.day != 1 or span.ends_on != last_day(span.ends_on):
        return "Les heures sont connues par mois entiers : prenez un premier et un dernier jour de mois."
    return ""


def usual_closing(span: Span, *, months: int) -> date:
    """Return the day after which hours of earlier years are « rattrapages » when no document says it.

    `months` into the period: the dated parameter that closes a year (2: the end of February, MODEL §6, point 1).
    """
    return add_months(span.starts_on, months) - timedelta(days=1)


def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


BANDS = ("moins de 26 ans", "26 à 49 ans", "50 ans et plus")


def age_band(age: int) -> str:
    """Return the band of the national tables: under 26, 26 to 49, 50 and over (domain §7)."""
    if age < 26:
        return BANDS[0]
    return BANDS[1] if age < 50 else BANDS[2]
