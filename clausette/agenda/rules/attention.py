"""What asks for attention: an engagement in difficulty, a month that is late (trade practice, MODEL §8)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from clausette.commitments.enums import Periodicity
from clausette.hours.rules import due_on, last_late
from clausette.kernel.months import days_between


@lru_cache(maxsize=8192)
def elapsed_share(starts_on: date, ends_on: date, on: date) -> Decimal:
    """Return the share of the time gone by the evening of `on`, from 0 to 1, to the ten-thousandth."""
    total = days_between(starts_on, ends_on)
    gone = days_between(starts_on, min(on, ends_on))
    return (Decimal(gone) / Decimal(total)).quantize(Decimal("0.0001")) if total else Decimal(0)


def in_difficulty(*, elapsed: Decimal, achieved: Decimal | None, gap: Decimal) -> bool:
    """Say whether the time gone is ahead of the achievement by more than `gap` (dated parameter, 0.20: 20 points).

    `achieved`: hours validated ÷ hours due firm at term; None (suivi sans objectif chiffré) is never in difficulty.
    """
    return achieved is not None and elapsed - achieved > gap


def ending_horizon(on: date, *, days: int) -> date:
    """Return the last day of the ends that are announced on `on`, `days` ahead (dated parameter, 30)."""
    return on + timedelta(days=days)


def late_months(
    missing: Iterable[date], *, periodicity: Periodicity, due_day: int, on: date
) -> tuple[date, ...]:
    """Return the missing months whose statement should have come before `on`, in order."""
    last = last_late(periodicity, due_day, on)
    return tuple(sorted(month for month in missing if month <= last))


def days_late(month: date, *, periodicity: Periodicity, due_day: int, on: date) -> int:
    """Return how many days ago the statement of `month` was due; 0 when it is not late."""
    return max(0, (on - due_on(month, periodicity, due_day)).days)
