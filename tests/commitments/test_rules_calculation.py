"""Calculation of hours: exact arithmetic, rounding, sentence, inverse, variants."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import Rounding
from clausette.commitments.errors import CalculationImpossible
from clausette.commitments.rules import (
    calibrate,
    cost_of,
    hours_due,
    hours_per_amount,
    rate_of,
    round_hours,
    share_of_hours,
)

AMOUNTS = st.decimals(min_value=1, max_value=10**9, places=2, allow_nan=False)
SHARES = st.decimals(min_value=Decimal("0.0001"), max_value=1, places=4, allow_nan=False)
COSTS = st.decimals(min_value=Decimal("0.01"), max_value=500, places=2, allow_nan=False)


def the_million(rounding: Rounding = Rounding.NEAREST) -> Decimal:
    return calibrate(
        amount_ht=Decimal(1_000_000),
        labour_share=Decimal("0.5"),
        rate=Decimal("0.05"),
        hourly_cost=Decimal(30),
        rounding=rounding,
    ).hours


@pytest.mark.parametrize(
    ("rounding", "hours"),
    [
        (Rounding.NEAREST, 833),
        (Rounding.UP, 834),
        (Rounding.DOWN, 833),
        (Rounding.MULTIPLE_5, 835),
        (Rounding.MULTIPLE_7, 833),
        (Rounding.MULTIPLE_35, 840),
    ],
)
def test_the_million(rounding: Rounding, hours: int) -> None:
    assert the_million(rounding) == hours


def test_sentence_and_parts() -> None:
    found = calibrate(
        amount_ht=Decimal(1_000_000),
        labour_share=Decimal("0.5"),
        rate=Decimal("0.05"),
        hourly_cost=Decimal(30),
    )
    plain = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h"
    assert (found.raw, found.labour_hours) == (Decimal("833.33"), Decimal("16666.67"))


def test_sentence_without_rounding_has_no_arrow() -> None:
    found = calibrate(
        amount_ht=Decimal(800_000),
        labour_share=Decimal("0.45"),
        rate=Decimal("0.07"),
        hourly_cost=Decimal(35),
    )
    assert found.sentence.endswith("= 720\u00a0h")
    assert found.hours == 720


def test_sentence_shows_fine_percentages_and_cents() -> None:
    found = calibrate(
        amount_ht=Decimal("1000.50"),
        labour_share=Decimal("0.333"),
        rate=Decimal("0.075"),
        hourly_cost=Decimal("26.83"),
    )
    plain = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain == "1 000,50 € × 33,3 % × 7,5 % ÷ 26,83 €/h = 0,93 → 1 h"


@pytest.mark.parametrize(
    ("raw", "rounding", "hours"),
    [
        ("832.5", Rounding.NEAREST, 833),
        ("832.4999", Rounding.NEAREST, 832),
        ("832.0001", Rounding.UP, 833),
        ("832", Rounding.UP, 832),
        ("832.9999", Rounding.DOWN, 832),
        ("832.5", Rounding.MULTIPLE_5, 835),
        ("832.4", Rounding.MULTIPLE_5, 830),
        ("3.5", Rounding.MULTIPLE_7, 7),
        ("3.4", Rounding.MULTIPLE_7, 0),
        ("17.5", Rounding.MULTIPLE_35, 35),
    ],
)
def test_halves_go_up(raw: str, rounding: Rounding, hours: int) -> None:
    assert round_hours(Decimal(raw), rounding) == hours


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("amount_ht", {"amount_ht": Decimal(0)}),
        ("amount_ht", {"amount_ht": Decimal(-1)}),
        ("amount_ht", {"amount_ht": Decimal("NaN")}),
        ("labour_share", {"labour_share": Decimal(0)}),
        ("labour_share", {"labour_share": Decimal("1.0001")}),
        ("rate", {"rate": Decimal(5)}),
        ("rate", {"rate": Decimal(0)}),
        ("hourly_cost", {"hourly_cost": Decimal(0)}),
        ("hourly_cost", {"hourly_cost": Decimal("Infinity")}),
    ],
)
def test_absurd_figures_are_refused_at_their_field(field: str, changes: dict[str, Decimal]) -> None:
    figures = {
        "amount_ht": Decimal(1000),
        "labour_share": Decimal(1),
        "rate": Decimal(1),
        "hourly_cost": Decimal(30),
        **changes,
    }
    with pytest.raises(CalculationImpossible) as refusal:
        calibrate(
            amount_ht=figures["amount_ht"],
            labour_share=figures["labour_share"],
            rate=figures["rate"],
            hourly_cost=figures["hourly_cost"],
        )
    assert refusal.value.field == field


@given(AMOUNTS, AMOUNTS, SHARES, SHARES, COSTS, st.sampled_from(Rounding))
def test_more_money_never_means_fewer_hours(
    a: Decimal, b: Decimal, p: Decimal, t: Decimal, c: Decimal, rounding: Rounding
) -> None:
    low, high = sorted((a, b))
    less = calibrate(amount_ht=low, labour_share=p, rate=t, hourly_cost=c, rounding=rounding)
    more = calibrate(amount_ht=high, labour_share=p, rate=t, hourly_cost=c, rounding=rounding)
    assert less.hours <= more.hours


@given(AMOUNTS, SHARES, SHARES, COSTS)
def test_roundings_bracket_each_other(m: Decimal, p: Decimal, t: Decimal, c: Decimal) -> None:
    by = {
        r: calibrate(amount_ht=m, labour_share=p, rate=t, hourly_cost=c, rounding=r).hours
        for r in (Rounding.DOWN, Rounding.NEAREST, Rounding.UP)
    }
    assert by[Rounding.DOWN] <= by[Rounding.NEAREST] <= by[Rounding.UP] <= by[Rounding.DOWN] + 1


@given(AMOUNTS.filter(lambda m: m > 10_000), SHARES.filter(lambda p: p > Decimal("0.1")), SHARES)
def test_the_inverse_gives_the_rate_back(m: Decimal, p: Decimal, t: Decimal) -> None:
    found = calibrate(amount_ht=m, labour_share=p, rate=t, hourly_cost=Decimal(1))
    assert abs(rate_of(hours=found.raw, amount_ht=m, labour_share=p, hourly_cost=Decimal(1)) - t) <= Decimal(
        "0.0001"
    )


def test_inverse_and_cost() -> None:
    assert rate_of(
        hours=Decimal(833), amount_ht=Decimal(1_000_000), labour_share=Decimal("0.5"), hourly_cost=Decimal(30)
    ) == Decimal("0.05")  # fmt: skip
    assert cost_of(hours=Decimal("833.33"), hourly_cost=Decimal("30.05")) == Decimal("25041.57")


def test_due_is_the_greater() -> None:
    assert hours_due(Decimal(833), Decimal(1000)) == 1000
    assert hours_due(Decimal(833), Decimal(500)) == 833
    assert hours_due(None, Decimal(500)) == 500
    assert hours_due(Decimal(833), None) == 833
    assert hours_due(None, None) is None


@pytest.mark.parametrize(
    ("amount", "hours"),
    [("0", 0), ("2700000", 0), ("2701999.99", 0), ("2702000", 1), ("2703999", 1), ("4700000", 1000)],
)
def test_per_amount(amount: str, hours: int) -> None:
    assert (
        hours_per_amount(amount_ht=Decimal(amount), euros_per_hour=Decimal(2000), beyond=Decimal(2_700_000))
        == hours
    )


def test_per_amount_refuses() -> None:
    assert hours_per_amount(amount_ht=Decimal(4000), euros_per_hour=Decimal(2000), beyond=Decimal(0)) == 2
    with pytest.raises(CalculationImpossible):
        hours_per_amount(amount_ht=Decimal(1), euros_per_hour=Decimal(0))
    with pytest.raises(CalculationImpossible):
        hours_per_amount(amount_ht=Decimal(-1), euros_per_hour=Decimal(2000))


def test_share_of_hours() -> None:
    assert share_of_hours(base_hours=Decimal(12_345), share=Decimal("0.05")) == 617
    assert share_of_hours(base_hours=Decimal(10), share=Decimal("0.05")) == 1
    with pytest.raises(CalculationImpossible):
        share_of_hours(base_hours=Decimal(10), share=Decimal(5))
    with pytest.raises(CalculationImpossible):
        share_of_hours(base_hours=Decimal(-1), share=Decimal("0.05"))
