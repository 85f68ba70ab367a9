"""Achievement raw and capped, people × months, shortfall."""

from decimal import Decimal

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
    found = achievement([Balance(Decimal(100), Decimal(150)), Balance(Decimal(100), Decimal(50))])
    assert (found.due, found.validated, found.raw, found.capped) == (
        Decimal(200),
        Decimal(200),
        Decimal(1),
        Decimal("0.75"),
    )


def test_no_rate_when_nothing_is_due() -> None:
    found = achievement([Balance(Decimal(0), Decimal(150))])
    assert (found.raw, found.capped, found.validated) == (None, None, Decimal(150))
    assert achievement([]).raw is None


def test_rate_of_the_example() -> None:
    assert achievement([Balance(Decimal(833), Decimal(700))]).raw == Decimal("0.8403")


@given(BALANCES)
def test_capped_is_never_above_raw_nor_one(balances: list[Balance]) -> None:
    found = achievement(balances)
    if found.raw is not None and found.capped is not None:
        assert 0 <= found.capped <= min(found.raw, Decimal(1))


@given(HOURS, HOURS)
def test_remaining_and_excess_exclude_each_other(due: Decimal, validated: Decimal) -> None:
    assert remaining(due, validated) - excess(due, validated) == due - validated
    assert 0 in (remaining(due, validated), excess(due, validated))


def test_people_months() -> None:
    assert people_months(Decimal(833), Decimal("151.67")) == Decimal("5.5")
    assert people_months(Decimal(0), Decimal("151.67")) == 0
    with pytest.raises(ValueError, match="supérieure à zéro"):
        people_months(Decimal(833), Decimal(0))


def penalty(due: str, validated: str, **more: int) -> Decimal:
    return shortfall_penalty(
        due=Decimal(due), validated=Decimal(validated), multiplier=Decimal(2), smic=Decimal("12.02"), **more
    ).amount


def test_shortfall() -> None:
    found = shortfall_penalty(
        due=Decimal(833), validated=Decimal(700), multiplier=Decimal(2), smic=Decimal("12.02")
    )
    assert (found.hours, found.amount) == (Decimal(133), Decimal("3197.32"))
    plain = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == "133 h × 2 × 12,02 € = 3 197,32 €"
    assert penalty("833", "0") == Decimal("20025.32")


@pytest.mark.parametrize("validated", ["833", "900"])
def test_no_shortfall(validated: str) -> None:
    found = shortfall_penalty(
        due=Decimal(833), validated=Decimal(validated), multiplier=Decimal(2), smic=Decimal("12.02")
    )
    assert (found.hours, found.amount, found.sentence) == (
        Decimal(0),
        Decimal(0),
        "Aucune heure non réalisée.",
    )


def test_cents_are_half_up() -> None:
    found = shortfall_penalty(
        due=Decimal("0.25"), validated=Decimal(0), multiplier=Decimal("1.5"), smic=Decimal("12.04")
    )
    assert found.amount == Decimal("4.52")  # 4.515


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
    free = shortfall_penalty(due=Decimal(1), validated=Decimal(0), multiplier=Decimal(0), smic=Decimal(0))
    assert free.amount == 0
    with pytest.raises(PenaltyRefused):
        shortfall_penalty(due=Decimal(1), validated=Decimal(0), multiplier=Decimal(-2), smic=Decimal(12))
