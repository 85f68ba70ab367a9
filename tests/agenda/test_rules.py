"""What asks for attention."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.agenda.rules import days_late, elapsed_share, ending_horizon, in_difficulty, late_months
from clausette.commitments.enums import Periodicity

ON = date(2026, 11, 16)
MONTHLY = Periodicity.MONTHLY


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2026, 6, 30), "0"),
        (date(2026, 7, 1), "0.0027"),
        (date(2027, 6, 30), "1"),
        (date(2028, 1, 1), "1"),
    ],
)
def test_share_of_the_time_gone(on: date, share: str) -> None:
    assert elapsed_share(date(2026, 7, 1), date(2027, 6, 30), on) == Decimal(share)


@pytest.mark.parametrize(
    ("elapsed", "achieved", "difficult"),
    [("0.50", "0.30", False), ("0.50", "0.29", True), ("0.50", None, False), ("1", "0.79", True)],
)
def test_difficulty_is_more_than_twenty_points(elapsed: str, achieved: str | None, difficult: bool) -> None:
    done = None if achieved is None else Decimal(achieved)
    assert in_difficulty(elapsed=Decimal(elapsed), achieved=done, gap=Decimal("0.20")) is difficult


def test_a_month_is_late_the_day_after_it_was_due() -> None:
    october = [date(2026, 10, 1)]
    assert late_months(october, periodicity=MONTHLY, due_day=15, on=ON) == tuple(october)
    assert late_months(october, periodicity=MONTHLY, due_day=16, on=ON) == ()
    assert days_late(october[0], periodicity=MONTHLY, due_day=10, on=ON) == 6


def test_ends_are_announced_thirty_days_before() -> None:
    assert ending_horizon(ON, days=30) == date(2026, 12, 16)
