"""Hours validated that rules would not take: by line, by cap, and what a change adds."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.rules.controls import ControlParams, LineFacts
from clausette.hours.rules.controls.facts import Span
from clausette.hours.rules.outside import Outside, newly_outside, outside_caps, outside_lines
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

PARAMS = ControlParams.of(date(2026, 11, 16), parameters_at(PARAMETERS, date(2026, 11, 16)))


def line(key: int, month: date, until: date | None) -> LineFacts:
    start = date(2025, 1, 1)
    return LineFacts(
        key=key, person=1, declarant=1, work_contract=1, month=month, hours=Decimal(10), work_dates=Span(start, None),
        commitment_dates=None, hired_on=start, refusal_at_hire="", hours_until=until, weekly_hours=None,
        has_evidence=True, commitment=7,
    )  # fmt: skip


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 30))
def test_a_line_is_outside_when_its_month_begins_after_the_last_day(months: list[int], last: int) -> None:
    def month(rank: int) -> date:
        return date(2024 + rank // 12, rank % 12 + 1, 1)

    lines = [line(key, month(rank), month(last)) for key, rank in enumerate(months)]
    found = outside_lines(lines, PARAMS)
    assert [one.line for one in found] == [key for key, rank in enumerate(months) if rank > last]
    assert {one.code for one in found} <= {"E004"}


def test_a_cap_tells_only_what_is_beyond_it() -> None:
    found = outside_caps({1: Decimal(90), 2: Decimal(80)}, {1: Decimal("83.30"), 2: Decimal(80)})
    assert [(one.commitment, one.line, one.hours) for one in found] == [(1, None, Decimal("6.70"))]


def test_what_was_outside_already_is_not_told_again() -> None:
    old, new = Outside(1, 5, "E004", Decimal(10), ""), Outside(1, 6, "E004", Decimal(20), "")
    cap, more = Outside(1, None, "W105", Decimal(3), ""), Outside(1, None, "W105", Decimal(4), "")
    assert newly_outside([old, cap], [old, new, more]) == [new, more]
    assert newly_outside([old, cap], [old, cap]) == []
