"""Two-sided confirmation: where a line stands, and what a contestation needs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.enums import ConfirmationState, ContestReason
from clausette.hours.rules.confirming import (
    ANSWERS,
    FIRST,
    Standing,
    answered_figure,
    check_contest,
    refusal_to_validate,
    standing,
)
from clausette.kernel.errors import Invalid

HANDED, H = date(2026, 11, 2), Decimal(100)


@given(st.integers(0, 40), st.integers(1, 30))
def test_silence_waits_its_days_then_lets_validate(gone: int, days: int) -> None:
    found = standing(None, None, H, HANDED, HANDED + timedelta(days=gone), days=days)
    assert found == (Standing.SILENT if gone >= days else Standing.WAITING)
    assert found.leaves
    assert found.stops == (gone < days)


@pytest.mark.parametrize(
    ("state", "figure", "expected"),
    [
        (ConfirmationState.CONFIRMED, H, Standing.CONFIRMED),
        (ConfirmationState.CONTESTED, H, Standing.CONTESTED),
        (ConfirmationState.UPHELD, H, Standing.SETTLED),
        (ConfirmationState.UNCONTESTED, H, Standing.SETTLED),
        (ConfirmationState.CONFIRMED, Decimal(90), Standing.WAITING),  # the hours changed since the answer
    ],
)
def test_an_answer_holds_for_the_figure_it_was_given_on(
    state: ConfirmationState, figure: Decimal, expected: Standing
) -> None:
    assert standing(state, figure, H, HANDED, HANDED, days=10) == expected


def test_the_figure_retained_is_theirs_once_followed() -> None:
    assert answered_figure(ConfirmationState.FOLLOWED, H, Decimal(80)) == 80
    assert answered_figure(ConfirmationState.UPHELD, H, Decimal(80)) == H


@pytest.mark.parametrize(
    ("hours", "reason", "sentence"),
    [
        (None, ContestReason.ABSENT, "Indiquez vos heures"),
        (Decimal("744.5"), ContestReason.ABSENT, "entre 0 et"),
        (H, ContestReason.ABSENT, "confirmez-le"),
        (Decimal(0), None, "Choisissez la raison"),
    ],
)
def test_a_contestation_needs_another_figure_and_its_reason(
    hours: Decimal | None, reason: ContestReason | None, sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        check_contest("x", H, hours, reason)
    assert sentence in caught.value.errors["x"]
    check_contest("x", H, Decimal(0), ContestReason.ABSENT)


def test_what_stops_says_until_when() -> None:
    assert "tranchez d'abord" in refusal_to_validate(Standing.CONTESTED, "Salif Diallo", HANDED)
    assert "2\u00a0novembre 2026" in refusal_to_validate(Standing.WAITING, "", HANDED)
    assert refusal_to_validate(Standing.SILENT, "", HANDED) == ""


def test_the_structure_decides_of_what_is_contested_only_and_an_answer_may_always_change() -> None:
    decided = {ConfirmationState.UPHELD, ConfirmationState.FOLLOWED}
    assert set(ANSWERS) == set(ConfirmationState)
    assert {state for state, following in ANSWERS.items() if decided & following} == {ConfirmationState.CONTESTED}
    assert all(ConfirmationState.CONTESTED in ANSWERS[state] for state in ANSWERS if state != "contested")
    assert not decided & set(FIRST)
