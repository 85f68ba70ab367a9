"""From which month statements are expected of an engagement taken over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.takeover.following import expected_from
from clausette.kernel.months import first_day

ON = date(2026, 11, 16)
START = date(2024, 9, 15)


@pytest.mark.parametrize(
    ("opening_on", "last_month", "expected"),
    [
        (None, None, date(2026, 11, 1)),
        (None, date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 6, 30), None, date(2026, 7, 1)),
        (date(2026, 6, 29), None, date(2026, 6, 1)),
        (date(2026, 6, 30), date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 10, 31), date(2026, 9, 1), date(2026, 11, 1)),
        (None, date(2024, 9, 1), None),
        (date(2024, 9, 20), None, None),
    ],
)
def test_what_the_workbook_tells_is_asked_of_nobody(
    opening_on: date | None, last_month: date | None, expected: date | None
) -> None:
    assert expected_from(starts_on=START, opening_on=opening_on, last_month=last_month, on=ON) == expected


@given(
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), ON),
    st.none() | st.dates(date(2020, 1, 1), ON),
)
def test_it_is_a_month_never_before_the_start(starts: date, opening: date | None, month: date | None) -> None:
    last = None if month is None else first_day(month)
    found = expected_from(starts_on=starts, opening_on=opening, last_month=last, on=ON)
    assert found is None or (found.day == 1 and found > first_day(starts))
