"""Reserves, the year that reports an hour, what an act of globalisation may credit."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.rules.acts import ActFacts, Creditable, refusal_of_act, taken_from
from clausette.hours.rules.reserves import is_near, refusal_of_limit
from clausette.hours.rules.years import Reported, closing_of, reported_in

ON = date(2026, 11, 16)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
amounts = st.decimals(0, 500, places=2)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "date limite"),
        (date(2026, 11, 15), "passée"),
        (ON, ""),
        (date(2027, 5, 16), ""),
        (date(2027, 5, 17), "au plus 6 mois"),
    ],
)
def test_the_limit_of_a_reserve(until: date | None, words: str) -> None:
    found = refusal_of_limit(until, ON)
    assert (words in found) if words else found == ""


@pytest.mark.parametrize(("gone", "near"), [(-1, True), (0, True), (30, True), (31, False)])
def test_a_reserve_asks_for_a_gesture_thirty_days_before(gone: int, near: bool) -> None:
    assert is_near(ON + timedelta(days=gone), ON, days=30) is near


@pytest.mark.parametrize(
    ("month", "retained", "expected"),
    [
        (date(2025, 12, 1), date(2026, 1, 12), Reported(2025, False)),
        (date(2025, 12, 1), date(2026, 2, 28), Reported(2025, False)),
        (date(2025, 12, 1), date(2026, 3, 1), Reported(2026, True)),  # December declared in March
        (date(2025, 1, 1), date(2027, 2, 28), Reported(2026, True)),
        (date(2025, 1, 1), date(2027, 3, 1), Reported(2027, True)),
        (date(2026, 3, 1), date(2026, 4, 9), Reported(2026, False)),
        (date(2023, 12, 1), date(2024, 2, 29), Reported(2023, False)),
    ],
)
def test_the_year_that_reports_an_hour(month: date, retained: date, expected: Reported) -> None:
    assert reported_in(month, retained, closing_month=2) == expected


@given(days, st.integers(0, 1500))
def test_an_hour_is_reported_by_one_year_which_was_still_open(month: date, after: int) -> None:
    first = month.replace(day=1)
    retained = first + timedelta(days=after)
    found = reported_in(first, retained, closing_month=2)
    assert found.year >= first.year
    assert found.catch_up == (found.year > first.year)
    assert retained <= closing_of(found.year, month=2)
    assert found.year == first.year or retained > closing_of(found.year - 1, month=2)


def act(**values: Any) -> ActFacts:
    defaults: dict[str, Any] = {
        "is_globalisation": True, "withdrawn_on": None, "starts_on": date(2026, 9, 15), "ends_on": date(2026, 12, 31),
        "signed_on": date(2026, 9, 10), "ceiling": Decimal(200), "credited": Decimal(50),
    }  # fmt: skip
    return ActFacts(**defaults | values)


@pytest.mark.parametrize(
    ("values", "hours", "available", "words"),
    [
        ({}, 150, 150, ""),
        ({}, 151, 400, "laisse 150"),
        ({}, 100, 99, "Seules 99"),
        ({}, 0, 99, "Indiquez"),
        ({"is_globalisation": False}, 1, 9, "pas une globalisation"),
        ({"withdrawn_on": date(2026, 10, 1)}, 1, 9, "retiré depuis"),
        ({"signed_on": date(2026, 11, 17)}, 1, 9, "pas encore d'effet"),
    ],
)
def test_what_an_act_may_credit(values: dict[str, Any], hours: int, available: int, words: str) -> None:
    found = refusal_of_act(act(**values), Decimal(hours), Decimal(available), ON)
    assert (words in found) if words else found == ""


@pytest.mark.parametrize(
    ("month", "held"),
    [(date(2026, 8, 1), False), (date(2026, 9, 1), True), (date(2026, 12, 1), True), (date(2027, 1, 1), False)],
)
def test_the_months_of_an_act(month: date, held: bool) -> None:
    assert act().holds(month) is held
    assert act(ends_on=None).holds(date(2027, 1, 1))


@given(st.lists(st.tuples(days, amounts), max_size=12), amounts)
def test_hours_are_taken_once_from_the_oldest_first(lines: list[tuple[date, Decimal]], hours: Decimal) -> None:
    every = [Creditable(key, day.replace(day=1), left) for key, (day, left) in enumerate(lines)]
    taken = taken_from(every, hours)
    left = {one.key: one.left for one in every}
    assert sum((part for _, part in taken), Decimal(0)) == min(hours, sum(left.values(), Decimal(0)))
    assert all(0 < part <= left[key] for key, part in taken)
    assert len({key for key, _ in taken}) == len(taken)
    months = [next(one.month for one in every if one.key == key) for key, _ in taken]
    assert months == sorted(months)
