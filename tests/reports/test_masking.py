"""Masking under five: no masked row can be found by subtraction, in any table."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.reports.rules import MAIN, SEVERAL, Group, masked

BELOW = 5
COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=8)


def groups(*people: int) -> list[Group]:
    return [Group(f"g{n}", count, Decimal(count * 10)) for n, count in enumerate(people)]


def told(*people: int, rule: str = MAIN, total: int | None = None) -> list[int | None]:
    whole = sum(people) if total is None else total
    return [row.people for row in masked(groups(*people), below=BELOW, rule=rule, total=whole)]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((5, 6), [5, 6]),
        ((4, 6), []),  # two rows: the second would tell the first
        ((4, 6, 9), [None, None, 9]),
        ((1, 4, 9), [None, None, 9]),
        ((1, 1, 9, 20), [None, None, None, 20]),  # two people in two rows are too few together
        ((3,), []),
        ((7,), [7]),
        ((0, 7), [0, 7]),
        ((3, 0, 0), []),
        ((3, 7, 0), []),  # 0 shown beside nothing else would tell that the rest is all
        ((0, 0), [0, 0]),
    ],
)
def test_rows_that_add_up(people: tuple[int, ...], expected: list[int | None]) -> None:
    assert told(*people) == expected


@given(COUNTS)
def test_what_is_hidden_is_never_one_row_nor_too_few_people(people: list[int]) -> None:
    rows = told(*people)
    hidden = [count for count, row in zip(people, rows, strict=False) if row is None]
    if rows and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= BELOW
    if rows:
        assert all(row is None or row == 0 or row >= BELOW for row in rows)


@given(COUNTS)
def test_no_masked_row_is_the_total_less_the_others(people: list[int]) -> None:
    """Whoever knows the total and the rows shown still has several answers for each masked row."""
    rows = told(*people)
    left = sum(people) - sum(row for row in rows if row is not None)
    hidden = [n for n, row in enumerate(rows) if row is None]
    for n in hidden:
        others = len(hidden) - 1
        possible = [value for value in range(left + 1) if others > 0 or value == left]
        assert len(possible) > 1, people[n]


@given(COUNTS)
def test_hours_are_masked_with_people(people: list[int]) -> None:
    rows = masked(groups(*people), below=BELOW, rule=MAIN, total=sum(people))
    assert all((row.people is None) == (row.hours is None) for row in rows)


@given(COUNTS)
def test_nothing_is_masked_when_every_row_is_large_enough(people: list[int]) -> None:
    large = [count + BELOW for count in people]
    assert told(*large) == large


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [(4, 20, None), (5, 20, 5), (16, 20, None), (15, 20, 15), (20, 20, 20), (0, 20, 0)],
)
def test_a_criterion_is_masked_when_it_or_its_contrary_is_too_few(
    count: int, total: int, shown: int | None
) -> None:
    rows = told(count, 10, rule=SEVERAL, total=total)
    assert rows[0] == shown
