"""The days that are worked in France."""

from datetime import date, timedelta

from dateutil.easter import easter as easter_of_another  # type: ignore[import-untyped]  # publishes no types
from hypothesis import given
from hypothesis import strategies as st

from clausette.reference.rules import easter, is_working_day, next_working_day, public_holidays

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_the_holidays_of_2026_are_those_of_the_official_list() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25),
    ]  # fmt: skip
    assert len(public_holidays(2008)) == 10, "Ascension fell on 1 May"


@given(st.integers(1583, 4099))
def test_easter_is_the_one_that_others_compute(year: int) -> None:
    assert easter(year) == easter_of_another(year)


@given(DAYS)
def test_the_next_working_day_is_the_first_worked_one(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=gap)) for gap in range((found - day).days))
    assert (found - day).days <= 5
