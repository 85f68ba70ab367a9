"""Hours under reserve and without name, people and their entry: from lines to what a bilan counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.enums import LineState
from clausette.participants.queries import DecidedFacts
from clausette.placements.rules import Period
from clausette.reports.queries.counts import Line, by_act, counted, people, validated_in
from clausette.reports.rules import Span, age_band, civil_year, span_refusal, usual_closing

YEAR = civil_year(2026)
LINE = Line(
    date(2026, 3, 1), 1, 1, "Bâti", "direct", "cdd", "work", LineState.VALIDATED, 1, 1, 1,
    Period(date(2025, 12, 1), date(2026, 6, 30)), "f", date(2000, 5, 4), Decimal(100),
)  # fmt: skip
HELD = replace(LINE, state=LineState.RESERVED, placement=2, person=2, hours=Decimal(20))


def test_hours_under_reserve_count_and_make_a_participant_as_on_the_pages() -> None:
    assert validated_in([LINE, HELD], YEAR) == [LINE, HELD]
    assert len(people([LINE, HELD], YEAR)) == 2


def test_hours_of_another_contract_are_those_of_an_act() -> None:
    assert by_act([LINE, replace(HELD, by_act=True)]) == Decimal(20)


def test_a_participant_has_a_validated_hour_in_the_period_and_is_new_when_it_is_the_first() -> None:
    before = replace(LINE, month=date(2025, 12, 1))
    other = replace(LINE, person=3, placement=3, period=Period(date(2026, 2, 1), None))
    only_before = replace(before, person=4, placement=4)
    waits = replace(LINE, person=5, state=LineState.DECLARED)
    found = {one.id: one.is_new for one in people([LINE, before, other, only_before, waits], YEAR)}
    assert found == {1: False, 3: True}


def test_a_line_brought_to_nothing_makes_no_participant_and_no_work_contract() -> None:
    undone = replace(LINE, hours=Decimal(-100))
    assert people([LINE, undone], YEAR) == ()
    assert counted([LINE, undone], 15) == (0, 0)


def test_age_is_that_of_the_entry() -> None:
    (one,) = people([replace(LINE, birth_date=date(1999, 12, 2))], YEAR)
    assert (one.age, age_band(one.age), age_band(26), age_band(49), age_band(50)) == (
        25, "moins de 26 ans", "26 à 49 ans", "26 à 49 ans", "50 ans et plus",
    )  # fmt: skip


def test_age_and_home_are_those_frozen_with_the_decision_on_which_the_entry_rests() -> None:
    facts = [
        DecidedFacts(1, date(2025, 1, 1), 24, False), DecidedFacts(1, date(2025, 11, 20), 25, True),
        DecidedFacts(1, date(2026, 3, 1), 26, False), DecidedFacts(2, date(2025, 1, 1), 60, True),
    ]  # fmt: skip
    erased = replace(LINE, birth_date=date(1999, 1, 1))  # the day and the month are gone
    (one,) = people([erased], YEAR, facts)
    assert (one.age, one.in_district) == (25, True)
    (late,) = people([erased], YEAR, facts[2:])
    assert (late.age, late.in_district) == (26, False)
    (unknown,) = people([erased], YEAR, [DecidedFacts(1, None, None, None)])
    assert (unknown.age, unknown.in_district) == (26, False)
    assert people([erased], YEAR)[0].in_district is None


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2026, 2, 2), date(2026, 2, 28), False),
        (date(2026, 2, 1), date(2026, 2, 27), False),
        (date(2026, 3, 1), date(2026, 2, 28), False),
    ],
)
def test_a_period_is_made_of_whole_months(first: date, last: date, holds: bool) -> None:
    assert (span_refusal(Span(first, last)) == "") is holds


def test_words_of_a_period() -> None:
    assert YEAR.label == "année 2026"
    assert usual_closing(YEAR, months=2) == date(2026, 2, 28)
    assert Span(date(2026, 1, 1), date(2026, 3, 31)).label.startswith("du 1er")
