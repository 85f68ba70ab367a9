"""Paths of a person: hours counted 24 months from the first one; only a new decision, after the end, opens another."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.months import add_months, last_day
from clausette.participants.rules import Path, hire_before, hours_until, paths

FIRST = date(2024, 9, 1)
END = date(2026, 8, 31)


def months(*firsts: date) -> list[tuple[date, date]]:
    return [(first, last_day(first)) for first in firsts]


def test_no_hour_no_path() -> None:
    assert paths([], [FIRST]) == ()


def test_the_first_hour_opens_24_months() -> None:
    assert paths(months(FIRST, date(2025, 3, 1)), [date(2024, 8, 20)]) == (Path(FIRST, END),)


@pytest.mark.parametrize(
    ("decided", "second"),
    [
        (date(2024, 8, 20), None),  # the first decision does not open a second path
        (date(2026, 5, 31), None),  # three months before 1 September: 31 August, the day before
        (date(2026, 6, 1), date(2026, 9, 1)),  # still good for a hiring on 1 September
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 9, 15), date(2026, 9, 15)),  # in the course of the month: from that day
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), None),  # after the month worked
    ],
)
def test_a_decision_still_good_for_a_hiring_opens_a_second_path(decided: date, second: date | None) -> None:
    found = paths(months(FIRST, date(2026, 9, 1)), [date(2024, 8, 20), decided])
    expected = (Path(FIRST, END),) if second is None else (Path(FIRST, END), Path(second, hours_until(second)))
    assert found == expected


def test_the_month_in_which_a_path_ends_may_begin_the_next_one() -> None:
    begins = date(2024, 9, 10)
    found = paths([(begins, date(2024, 9, 30)), *months(date(2026, 9, 1))], [date(2026, 9, 5)])
    assert found == (Path(begins, date(2026, 9, 9)), Path(date(2026, 9, 10), date(2028, 9, 9)))


def test_the_durations_are_parameters() -> None:
    worked = months(FIRST, date(2025, 9, 1))
    assert paths(worked, [date(2025, 9, 1)], months=12) == (
        Path(FIRST, date(2025, 8, 31)),
        Path(date(2025, 9, 1), date(2026, 8, 31)),
    )
    assert len(paths(worked, [date(2025, 7, 31)], months=12, hire_months=1)) == 1


DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=30), st.lists(DAYS, max_size=6))
def test_paths_never_overlap_and_each_later_one_rests_on_a_decision(days: list[date], taken: list[date]) -> None:
    found = paths([(day, last_day(day)) for day in days], taken)
    assert found[0] == Path(min(days), hours_until(min(days)))
    for before, after in pairwise(found):
        assert after.first_hour_on > before.until
        assert after.until == add_months(after.first_hour_on, 24) - timedelta(days=1)
        assert any(on <= last_day(after.first_hour_on) and after.first_hour_on <= hire_before(on) for on in taken)
