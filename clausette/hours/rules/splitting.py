"""One total of hours for a month, split over the mises à disposition of a work contract (MODEL §3, trade practice)."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from clausette.hours.rules.entries import refusal_of
from clausette.kernel.months import last_day
from clausette.placements.rules import check_split

CENT = Decimal("0.01")
ZERO = Decimal(0)


def days_within(month: date, starts_on: date, ends_on: date | None) -> int:
    """Return how many days of the month are between two days, both included; 0 when none is."""
    first, last = max(month, starts_on), last_day(month)
    return max(0, (min(last, ends_on or last) - first).days + 1)


def proposed(total: Decimal, weights: Sequence[Decimal], *, days: int) -> tuple[Decimal, ...]:
    """Return the hours proposed for each mise à disposition, in proportion of its weight, exact to the hundredth.

    A weight: the days of the month that it covers × its part of the time (0–1). `days`: those of the work contract in
    the month: parts that leave time free leave hours free, else the proposals make exactly the total. The hundredths
    left go to the largest remainders, the first one first.
    """
    held, whole = sum(weights, ZERO), max(sum(weights, ZERO), Decimal(days))
    if total <= 0 or held <= 0:
        return tuple(ZERO for _ in weights)
    exact = [total * weight / whole for weight in weights]
    floors = [hours.quantize(CENT, ROUND_DOWN) for hours in exact]
    wanted = (total * held / whole).quantize(CENT)
    left = int((wanted - sum(floors, ZERO)) / CENT)
    by_remainder = sorted(range(len(weights)), key=lambda n: (floors[n] - exact[n], n))
    raised = set(by_remainder[:left])
    return tuple(floor + CENT if n in raised else floor for n, floor in enumerate(floors))


def refusal_of_total(total: Decimal, parts: Sequence[Decimal], fixed: Decimal) -> str:
    """Return why a month cannot be split so, « » when it can. `fixed`: hours of the month that do not change here."""
    if total <= 0:
        return "Indiquez le total des heures travaillées du mois."
    return refusal_of(total) or check_split(total, [*parts, *([fixed] if fixed else [])])
