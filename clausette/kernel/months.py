"""Civil months. A month is written as its first day; ranges on paper are inclusive."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def first_day(day: date) -> date:
    """Return the first day of the month of `day`; a hundred thousand lines ask for the same few days."""
    return day.replace(day=1)


@lru_cache(maxsize=4096)
def last_day(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, count: int) -> date:
    """Return `day` moved by `count` months (may be negative), clamped to the end of the month.

    31 January plus one month is 28 or 29 February. Raises ValueError outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise ValueError("Cette date sort du calendrier.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> list[date]:
    """Return the first days of all months touched by `start`..`end`, both included; [] when inverted."""
    if end < start:
        return []
    return list(_run(start.year * 12 + start.month - 1, end.year * 12 + end.month))


@lru_cache(maxsize=4096)
def _run(start: int, stop: int) -> tuple[date, ...]:
    """Months by their rank since year 0: a portfolio asks for the same few runs hundreds of times."""
    return tuple(date(index // 12, index % 12 + 1, 1) for index in range(start, stop))


def days_between(start: date, end: date) -> int:
    """Return the number of days of `start`..`end`, both included; 0 when inverted."""
    return max(0, (end - start).days + 1)


@dataclass(frozen=True, slots=True)
class MonthRange:
    """A run of whole months, `first` and `last` being first days of months, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1:
            raise ValueError("Un mois s'écrit par son premier jour.")

    def __iter__(self) -> Iterator[date]:
        return iter(months_between(self.first, self.last))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= first_day(day) <= self.last

    def __len__(self) -> int:
        return len(months_between(self.first, self.last))
