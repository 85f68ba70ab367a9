"""Extensions and suspensions of « heures comptées jusqu'au »: to the day; levels in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.errors import Invalid
from clausette.kernel.months import add_months
from clausette.participants.enums import TrainingNomenclature as N
from clausette.participants.rules import Move, check_move, hours_until, level_from, moved_until, paths

FIRST = date(2024, 2, 29)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MOVES = st.builds(
    lambda start, length, months: Move(start, months=months) if months else Move(start, start + timedelta(length)),
    st.dates(date(2023, 1, 1), date(2028, 1, 1)), st.integers(0, 200), st.integers(0, 12),
)  # fmt: skip


@pytest.mark.parametrize(
    ("moves", "until"),
    [
        ([], date(2026, 2, 27)),
        ([Move(date(2025, 6, 1), months=6)], date(2026, 8, 28)),  # 30 months from 29 February, less one day
        ([Move(date(2025, 6, 1), date(2025, 6, 30))], date(2026, 3, 29)),
        ([Move(date(2026, 2, 27), date(2026, 2, 27))], date(2026, 2, 28)),  # the very last day
        ([Move(date(2026, 2, 28), date(2026, 3, 10))], date(2026, 2, 27)),  # one day too late
        ([Move(date(2024, 2, 1), date(2024, 2, 28))], date(2026, 2, 27)),  # over before the first hour
        ([Move(date(2024, 2, 1), date(2024, 3, 1))], date(2026, 3, 1)),  # two days of it run
        ([Move(date(2025, 6, 1), date(2025, 6, 10)), Move(date(2025, 6, 5), date(2025, 6, 12))], date(2026, 3, 11)),
        ([Move(date(2026, 3, 5), date(2026, 3, 6)), Move(date(2026, 1, 1), months=1)], date(2026, 3, 30)),
    ],
)
def test_the_last_day_counted(moves: list[Move], until: date) -> None:
    assert moved_until(FIRST, moves) == until


@given(DAYS, st.integers(1, 36))
def test_an_extension_counts_from_the_first_hour(first: date, months: int) -> None:
    assert moved_until(first, [Move(first, months=months)]) == hours_until(first, months=24 + months)


@given(st.lists(MOVES, max_size=4), MOVES)
def test_no_move_ever_takes_a_day_away(moves: list[Move], more: Move) -> None:
    assert moved_until(FIRST, [*moves, more]) >= moved_until(FIRST, moves) >= hours_until(FIRST)


@given(DAYS, st.integers(0, 700), st.integers(1, 90))
def test_a_suspension_gives_back_its_days_and_not_one_more(first: date, after: int, length: int) -> None:
    starts = first + timedelta(days=after)
    one = Move(starts, starts + timedelta(days=length - 1))
    assert moved_until(first, [one, one]) == hours_until(first) + timedelta(days=length)


def test_a_path_goes_on_to_its_moved_end() -> None:
    worked = [(date(2024, 3, 1), date(2024, 3, 31)), (date(2026, 4, 1), date(2026, 4, 30))]
    taken = [date(2024, 2, 1), date(2026, 4, 2)]
    assert len(paths(worked, taken)) == 2
    (path,) = paths(worked, taken, [Move(date(2025, 1, 1), months=6)])
    assert path.until == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("move", "first", "decided_on", "field"),
    [
        (Move(date(2026, 1, 1), months=3), None, date(2026, 1, 1), ""),
        (Move(date(2023, 1, 1), months=3), FIRST, date(2026, 1, 1), "starts_on"),
        (Move(date(2026, 1, 1), months=0), FIRST, date(2026, 1, 1), "months"),
        (Move(date(2026, 1, 1), months=37), FIRST, date(2026, 1, 1), "months"),
        (Move(date(2026, 1, 2), date(2026, 1, 1)), FIRST, date(2026, 1, 1), "ends_on"),
        (Move(date(2026, 1, 1)), FIRST, date(2026, 1, 1), "ends_on"),
        (Move(date(2026, 1, 1), months=3), FIRST, date(2026, 2, 2), "decided_on"),
    ],
)
def test_what_cannot_be_is_refused(move: Move, first: date | None, decided_on: date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_move(
            move, first_hour_on=first, until=first and hours_until(first), decided_on=decided_on, on=date(2026, 2, 1)
        )
    assert list(refused.value.errors) == [field]


def test_a_move_of_the_last_day_is_accepted() -> None:
    last = add_months(FIRST, 24) - timedelta(days=1)
    check_move(Move(last, months=1), first_hour_on=FIRST, until=last, decided_on=last, on=last)


@pytest.mark.parametrize(
    ("text", "before", "since"),
    [
        ("CAP", "51", "51"), ("Bac + 2", "30", "30"), ("Bac pro", "41", "41"), ("Master 2", "10", "10"),
        ("Sans diplôme", "70", "70"), ("niveau V", "51", None), ("niveau V bis", "60", None), ("niv. 3", "30", "51"),
        ("3", "30", "51"), ("infra 3", None, "70"), ("Niveau IV", "40", None), ("40", "40", "40"), ("", "", ""),
        ("Capacités relationnelles", None, None), ("6", "70", "20"),
    ],
)  # fmt: skip
def test_a_level_is_read_with_its_nomenclature(text: str, before: str | None, since: str | None) -> None:
    assert (level_from(text, N.BEFORE_2019), level_from(text, N.SINCE_2019)) == (before, since)
