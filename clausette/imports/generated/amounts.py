"""The dated values that the stories stand against, and their arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the page of the controls names in its column « Valeurs », in hours unless said."""

    monthly_ceiling: Decimal
    weekly_tolerance: Decimal
    month_hours: Decimal
    week_hours: Decimal
    weekly_ceiling: Decimal
    rhythm_jump: Decimal
    rhythm_gap: Decimal
    rhythm_months: Decimal
    minor_week: Decimal
    minor_age: Decimal
    before_hiring_hours: Decimal
    before_hiring_share: Decimal
    before_hiring_days: Decimal

    @property
    def days_before(self) -> int:
        """Days of calendar from the end of a training to the hiring (W118)."""
        return int(self.before_hiring_days)

    @classmethod
    def out_of(cls, values: Mapping[str, Decimal]) -> Self:
        """Take the values of a day. Raises KeyError when one is not known on it."""
        return cls(**{name: values[name] for name in cls.__slots__})

    def contract(self, weekly: Decimal, days: int) -> Decimal:
        """Return the most hours of a work contract (W101) or, at full time, of two at once (W109)."""
        return share(weekly * self.weekly_tolerance, days)


def share(weekly: Decimal, days: int) -> Decimal:
    """Return hours by week × days ÷ 7, to the cent, a half going up as in French accounts."""
    return (weekly * days / 7).quantize(CENT, ROUND_HALF_UP)
