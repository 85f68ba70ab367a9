"""Which year reports an hour: that of its month, or, once that year is closed, « rattrapages » (MODEL §6, point 1)."""

from dataclasses import dataclass
from datetime import date

from clausette.kernel.months import last_day


def closing_of(year: int, *, month: int) -> date:
    """Return the last day on which hours of `year` join it. `month`: of the next year (dated parameter, 2)."""
    return last_day(date(year + 1, month, 1))


@dataclass(frozen=True, slots=True)
class Reported:
    """The year that reports an hour, and whether it comes after its own year was closed."""

    year: int
    catch_up: bool


def reported_in(month: date, retained_on: date, *, closing_month: int) -> Reported:
    """Return the year that reports hours of `month` retained on `retained_on`: each hour once, in one year only.

    December 2025 retained on 28 February 2026 is of 2025; on 1 March 2026, it is a rattrapage of 2026.
    """
    if retained_on <= closing_of(month.year, month=closing_month):
        return Reported(month.year, False)
    year = retained_on.year
    open_before = retained_on <= closing_of(year - 1, month=closing_month)
    return Reported(year - 1 if open_before else year, True)
