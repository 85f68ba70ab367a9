"""Civil months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.months import MonthRange, add_months, days_between, first_day, last_day, months_between

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "moved"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
    ],
)
def test_add_months(day: date, count: int, moved: date) -> None:
    assert add_months(day, count) == moved


def test_add_months_leaves_the_calendar() -> None:
    with pytest.raises(ValueError, match="calendrier"):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(ValueError, match="calendrier"):
        add_months(date(1, 1, 1), -1)


@given(DAYS, st.integers(-600, 600))
def test_add_months_keeps_the_day_or_clamps(day: date, count: int) -> None:
    moved = add_months(day, count)
    assert moved.day == min(day.day, last_day(moved).day)
    assert (moved.year - day.year) * 12 + moved.month - day.month == count


def test_months_between() -> None:
    assert months_between(date(2025, 12, 31), date(2026, 2, 1)) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months_between(date(2026, 2, 1), date(2026, 2, 1)) == [date(2026, 2, 1)]
    assert months_between(date(2026, 2, 2), date(2026, 2, 1)) == []


def test_days_between_counts_both_ends() -> None:
    assert days_between(date(2026, 1, 1), date(2026, 1, 31)) == 31
    assert days_between(date(2026, 1, 1), date(2026, 1, 1)) == 1
    assert days_between(date(2026, 1, 2), date(2026, 1, 1)) == 0


@given(DAYS)
def test_first_and_last(day: date) -> None:
    assert first_day(day).day == 1
    assert first_day(day) <= day <= last_day(day)
    assert add_months(first_day(day), 1).toordinal() == last_day(day).toordinal() + 1


def test_range() -> None:
    months = MonthRange(date(2026, 1, 1), date(2026, 3, 1))
    assert list(months) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert len(months) == 3
    assert date(2026, 1, 1) in months
    assert date(2026, 3, 31) in months
    assert date(2025, 12, 31) not in months
    assert date(2026, 4, 1) not in months
    assert "mars" not in months
    with pytest.raises(ValueError, match="premier jour"):
        MonthRange(date(2026, 1, 2), date(2026, 3, 1))
