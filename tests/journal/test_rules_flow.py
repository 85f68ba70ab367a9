"""The flow of readings: who is asked again, who is stopped, who is only told of."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.journal.flow import Counts, Flow, Limits, judge

LIMITS = Limits(150, 500, Decimal("0.80"))


def counts(before: int, now: int, day: int | None = None) -> Counts:
    """`day`: persons of the day before this page, more than those of the hour."""
    start = before if day is None else day
    return Counts(before, now, start, start + now - before)


@pytest.mark.parametrize(
    ("found", "flow", "told"),
    [
        (counts(0, 1), Flow.OK, False),
        (counts(118, 119), Flow.OK, False),
        (counts(119, 120), Flow.WARN, True),  # 80 % of 150
        (counts(120, 121), Flow.WARN, False),
        (counts(149, 150), Flow.WARN, False),
        (counts(150, 151), Flow.CHECK, True),
        (counts(150, 150), Flow.WARN, False),  # one of them again
        (counts(0, 1, day=399), Flow.WARN, True),
        (counts(0, 1, day=499), Flow.WARN, False),
        (counts(0, 1, day=500), Flow.STOP, True),
        (counts(150, 151, day=500), Flow.STOP, True),
    ],
)
def test_limits_of_a_prescriber_or_a_firm(found: Counts, flow: Flow, told: bool) -> None:
    verdict = judge(found, LIMITS, may_stop=True)
    assert (verdict.flow, verdict.told) == (flow, told)


@given(st.integers(0, 2000), st.integers(0, 60), st.integers(0, 2000))
def test_a_facilitator_is_never_stopped_and_told_of_once(before: int, more: int, day: int) -> None:
    verdict = judge(Counts(before, before + more, day + before, day + before + more), LIMITS, may_stop=False)
    assert verdict.flow in (Flow.OK, Flow.WARN)
    crossed = before <= 150 < before + more or day + before <= 500 < day + before + more
    assert verdict.told == crossed


@given(st.integers(0, 600), st.integers(0, 60))
def test_nothing_new_is_never_stopped(before: int, more: int) -> None:
    assert judge(counts(before, before), LIMITS, may_stop=True).flow in (Flow.OK, Flow.WARN)
    shown = judge(counts(before, before + more), LIMITS, may_stop=True).flow in (Flow.OK, Flow.WARN)
    assert shown == (more == 0 or before + more <= 150)


@pytest.mark.parametrize(
    ("found", "code_given", "flow"),
    [
        (counts(0, 200), False, Flow.CHECK),
        (counts(0, 200), True, Flow.WARN),  # the code was just given: asking again would never end
        (counts(1, 200), True, Flow.CHECK),
        (counts(0, 200, day=400), True, Flow.STOP),
    ],
)
def test_a_page_longer_than_the_limit_is_shown_once_the_code_is_given(
    found: Counts, code_given: bool, flow: Flow
) -> None:
    assert judge(found, LIMITS, may_stop=True, code_given=code_given).flow is flow
