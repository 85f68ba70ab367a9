"""Default rules of a structure in time: pure rules."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from clausette.commitments.rules import check_since, held_on
from clausette.kernel.errors import Invalid

DAY = date(2026, 11, 15)


@dataclass(frozen=True)
class Rules:
    """Rules from a day on."""

    starts_on: date | None


FIRST, SECOND, THIRD = Rules(None), Rules(DAY), Rules(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date.min, FIRST), (DAY - timedelta(1), FIRST), (DAY, SECOND), (date(2026, 12, 31), SECOND),
        (date(2027, 1, 1), THIRD), (date.max, THIRD),
    ],
)  # fmt: skip
def test_the_rules_of_a_day_are_the_last_that_started(day: date, held: Rules) -> None:
    assert held_on([THIRD, FIRST, SECOND], day) is held


def test_nothing_holds_before_the_first_rules() -> None:
    assert held_on([SECOND, THIRD], DAY - timedelta(1)) is None
    assert held_on([], DAY) is None


@pytest.mark.parametrize("starts_on", [DAY, DAY + timedelta(1)])
def test_no_reason_is_owed_for_the_days_to_come(starts_on: date) -> None:
    check_since(starts_on, on=DAY, anything=True, reason="")


@pytest.mark.parametrize("starts_on", [None, DAY - timedelta(1)])
def test_a_reason_is_owed_for_the_days_gone_by(starts_on: date | None) -> None:
    with pytest.raises(Invalid) as refusal:
        check_since(starts_on, on=DAY, anything=True, reason=" ")
    assert set(refusal.value.errors) == {"reason"}
    check_since(starts_on, on=DAY, anything=True, reason="Note")
    check_since(starts_on, on=DAY, anything=False, reason="")  # the first ever written
