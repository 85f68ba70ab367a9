"""What asks for attention."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.agenda.rules import days_late, elapsed_share, ending_horizon, in_difficulty, late_months
from clausette.commitments.enums import Periodicity
from clausette.hours.rules import is_late
from clausette.kernel.months import add_months

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
    assert late_months(october, periodicity=MONTHLY, due_day=13, on=ON) == tuple(october)
    assert late_months(october, periodicity=MONTHLY, due_day=15, on=ON) == (), "the 15th is a Sunday: due the 16th"
    assert days_late(october[0], periodicity=MONTHLY, due_day=10, on=ON) == 6


@given(
    on=st.dates(date(2024, 1, 1), date(2028, 12, 31)), due_day=st.integers(1, 31),
    rhythm=st.sampled_from([MONTHLY, Periodicity.QUARTERLY]), back=st.integers(-3, 12),
)  # fmt: skip
def test_late_is_up_to_the_last_late_month(on: date, due_day: int, rhythm: Periodicity, back: int) -> None:
    month = add_months(on.replace(day=1), -back)
    said = late_months([month], periodicity=rhythm, due_day=due_day, on=on)
    assert said == ((month,) if is_late(month, rhythm, due_day, on) else ())


def test_ends_are_announced_thirty_days_before() -> None:
    assert ending_horizon(ON, days=30) == date(2026, 12, 16)
