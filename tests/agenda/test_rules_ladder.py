"""The ladder of reminders: which step on which day, never twice, never after an answer, never on a closed day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.agenda.enums import ReminderStep as Step
from clausette.agenda.rules import (
    LADDER_ORDER,
    Rung,
    Waited,
    check_ladder,
    day_of,
    in_force,
    next_step,
    step_today,
)
from clausette.commitments.enums import Periodicity
from clausette.kernel.errors import Invalid
from clausette.reference.rules import is_working_day

OCTOBER = date(2026, 10, 1)
USUAL = tuple(Rung(step, days, is_on=True) for step, days in zip(LADDER_ORDER, (0, 3, 3, 10, 30), strict=True))


def made(first: int, before: int, after: int, told: int, buyer: int, on: list[bool]) -> tuple[Rung, ...]:
    """A ladder in the right order."""
    days = (first, before, after, after + told, after + told + buyer)
    return tuple(Rung(step, n, is_on=is_on) for step, n, is_on in zip(LADDER_ORDER, days, on, strict=True))


LADDERS = st.builds(
    made,
    st.integers(0, 10), st.integers(1, 15), st.integers(1, 10), st.integers(1, 20), st.integers(1, 40),
    st.lists(st.booleans(), min_size=5, max_size=5),
)  # fmt: skip
MONTHS = st.builds(
    Waited,
    st.dates(date(2024, 1, 1), date(2028, 12, 31)).map(lambda day: day.replace(day=1)),
    st.sampled_from(list(Periodicity)),
    st.integers(1, 28),
)


def lived(
    ladder: tuple[Rung, ...], waited: Waited, *, days: int, catch_up: int, every: int = 1
) -> list[tuple[date, Step]]:
    """What is told of a month when the job runs every so many days from its first day on."""
    told: list[tuple[date, Step]] = []
    for gap in range(0, days, every):
        on, done = waited.month + timedelta(days=gap), [step for _, step in told]
        step = step_today(ladder, replace(waited, done=done), on=on, catch_up=catch_up)
        if step is not None:
            told.append((on, step))
    return told


def test_october_due_on_the_fifteenth_a_sunday() -> None:
    waited = Waited(OCTOBER, Periodicity.MONTHLY, 15)
    assert waited.due == date(2026, 11, 16), "the 15th is a Sunday"
    assert lived(USUAL, waited, days=120, catch_up=5) == [
        (date(2026, 11, 2), Step.OPENING),  # the 1st is a Sunday and a holiday
        (date(2026, 11, 13), Step.BEFORE),
        (date(2026, 11, 19), Step.AFTER),
        (date(2026, 11, 26), Step.FACILITATOR),
        (date(2026, 12, 16), Step.BUYER),
    ]


def test_a_quarter_has_one_ladder_for_its_three_months() -> None:
    opened = {day_of(USUAL[0], Waited(date(2026, month, 1), Periodicity.QUARTERLY, 10)) for month in (7, 8, 9)}
    assert opened == {date(2026, 10, 1)}


@given(LADDERS, MONTHS, st.integers(0, 10), st.integers(1, 9))
def test_steps_come_in_order_once_and_on_worked_days(
    ladder: tuple[Rung, ...], waited: Waited, catch_up: int, every: int
) -> None:
    told = lived(ladder, waited, days=300, catch_up=catch_up, every=every)
    assert all(is_working_day(day) for day, _ in told)
    ranks = [LADDER_ORDER.index(step) for _, step in told]
    assert ranks == sorted(set(ranks)), "each step once, never back"
    assert {step for _, step in told} <= {rung.step for rung in ladder if rung.is_on}
    due = {rung.step: day_of(rung, waited) for rung in ladder}
    assert all(due[step] <= day <= due[step] + timedelta(days=catch_up) for day, step in told)


@given(LADDERS, MONTHS, st.integers(0, 299))
def test_nothing_comes_after_an_answer_nor_before_the_day_put_off_to(
    ladder: tuple[Rung, ...], waited: Waited, gap: int
) -> None:
    on = waited.month + timedelta(days=gap)
    assert step_today(ladder, replace(waited, answered=True), on=on, catch_up=5) is None
    assert next_step(ladder, replace(waited, answered=True), after=on) is None
    until = waited.month + timedelta(days=150)
    assert all(day >= until for day, _ in lived(ladder, replace(waited, until=until), days=300, catch_up=5))


@given(LADDERS, MONTHS)
def test_what_is_announced_is_what_comes(ladder: tuple[Rung, ...], waited: Waited) -> None:
    on, told = waited.month, lived(ladder, waited, days=400, catch_up=5)
    for day, step in told:
        announced = next_step(ladder, replace(waited, done=[s for d, s in told if d < day]), after=on)
        assert announced is not None
        assert announced[1] <= day
        on = day
        assert LADDER_ORDER.index(announced[0]) <= LADDER_ORDER.index(step)


def test_turning_reminders_on_does_not_chase_past_months() -> None:
    old = Waited(date(2025, 1, 1), Periodicity.MONTHLY, 10)
    assert step_today(USUAL, old, on=date(2026, 11, 16), catch_up=5) is None


def test_the_last_row_begun_is_in_force() -> None:
    later = Rung(Step.AFTER, 7, is_on=True, starts_on=date(2026, 11, 1))
    again = replace(later, days=8)
    assert in_force([*USUAL, later, again], date(2026, 10, 31)) == USUAL
    assert [rung.days for rung in in_force([*USUAL, later, again], OCTOBER.replace(month=11))] == [0, 3, 8, 10, 30]


def test_a_ladder_out_of_order_is_refused_at_its_step() -> None:
    check_ladder(USUAL)
    wrong = [Rung(Step.BEFORE, 0, is_on=True), Rung(Step.AFTER, 9, is_on=True), Rung(Step.FACILITATOR, 9, is_on=True)]
    with pytest.raises(Invalid) as refused:
        check_ladder(wrong)
    assert set(refused.value.errors) == {"before", "facilitator"}
