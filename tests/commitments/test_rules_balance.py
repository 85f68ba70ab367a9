"""Achievement raw and capped, people × months, shortfall."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.errors import PenaltyRefused
from clausette.commitments.rules import (
    Balance,
    achievement,
    excess,
    people_months,
    remaining,
    shortfall_penalty,
)

HOURS = st.decimals(min_value=0, max_value=99999, places=2)
BALANCES = st.lists(st.builds(Balance, HOURS, HOURS), max_size=8)


def test_an_excess_does_not_hide_a_shortfall_when_capped() -> None:
    found = achievement([Balance(D(100), D(150)), Balance(D(100), D(50))])
    assert (found.due, found.validated, found.raw, found.capped) == (200, 200, 1, D("0.75"))


def test_no_rate_when_nothing_is_due() -> None:
    found = achievement([Balance(D(0), D(150))])
    assert (found.raw, found.capped, found.validated) == (None, None, 150)
    assert achievement([]).raw is None


def test_rate_of_the_example() -> None:
    assert achievement([Balance(D(833), D(700))]).raw == D("0.8403")


@given(BALANCES)
def test_capped_is_never_above_raw_nor_one(balances: list[Balance]) -> None:
    found = achievement(balances)
    if found.raw is not None and found.capped is not None:
        assert 0 <= found.capped <= min(found.raw, D(1))


@given(HOURS, HOURS)
def test_remaining_and_excess_exclude_each_other(due: D, validated: D) -> None:
    assert remaining(due, validated) - excess(due, validated) == due - validated
    assert 0 in (remaining(due, validated), excess(due, validated))


def test_people_months() -> None:
    assert people_months(D(833), D("151.67")) == D("5.5")
    assert people_months(D(0), D("151.67")) == 0
    with pytest.raises(ValueError, match="supérieure à zéro"):
        people_months(D(833), D(0))


def penalty(due: str, validated: str, **more: int) -> D:
    return shortfall_penalty(
        due=D(due), validated=D(validated), multiplier=D(2), smic=D("12.02"), **more
    ).amount


def test_shortfall() -> None:
    found = shortfall_penalty(due=D(833), validated=D(700), multiplier=D(2), smic=D("12.02"))
    assert (found.hours, found.amount) == (133, D("3197.32"))
    plain = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == "133 h × 2 × 12,02 € = 3 197,32 €"
    assert penalty("833", "0") == D("20025.32")


@pytest.mark.parametrize("validated", ["833", "900"])
def test_no_shortfall(validated: str) -> None:
    found = shortfall_penalty(due=D(833), validated=D(validated), multiplier=D(2), smic=D("12.02"))
    assert (found.hours, found.amount, found.sentence) == (0, 0, "Aucune heure non réalisée.")


def test_cents_are_half_up() -> None:
    found = shortfall_penalty(due=D("0.25"), validated=D(0), multiplier=D("1.5"), smic=D("12.04"))
    assert found.amount == D("4.52")  # 4.515


@pytest.mark.parametrize(
    ("missing", "pending", "words"),
    [
        (1, 0, "1 mois sans relevé"),
        (0, 1, "1 mois à valider"),
        (2, 3, "2 mois sans relevé et 3 mois à valider"),
    ],
)
def test_refused_while_the_follow_up_is_incomplete(missing: int, pending: int, words: str) -> None:
    with pytest.raises(PenaltyRefused) as refusal:
        penalty("833", "700", months_missing=missing, months_pending=pending)
    assert words in refusal.value.message.replace("\u00a0", " ")


def test_negative_figures_are_refused() -> None:
    with pytest.raises(PenaltyRefused):
        shortfall_penalty(due=D(1), validated=D(0), multiplier=D(-2), smic=D(12))
