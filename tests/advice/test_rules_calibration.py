"""Calculation of the hours of a study: the public examples exactly, what is refused, what is warned of."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clausette.advice.enums import AmountBasis, Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.rules import CALIBRATION_RULES, Ask, Limits, calibrate
from clausette.commitments.enums import Rounding

D = Decimal
LIMITS = Limits()
MILLION = Ask(
    Method.LOT, amount=D(1_000_000), labour_share=D("0.5"), insertion_rate=D("0.05"), hourly_cost=D(30)
)
CLEANING = Ask(
    Method.CLEANING, amount=D(360_000), months=D(36), monthly_hours=D(200), insertion_rate=D("0.05")
)
INVERSE = Ask(Method.INVERSE, amount=D(1_000_000), hours=D(833), labour_share=D("0.5"), hourly_cost=D(30))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def codes(ask: Ask) -> list[str]:
    return [one.code for one in calibrate(ask, LIMITS).warnings]


def errors(ask: Ask) -> dict[str, str]:
    with pytest.raises(CannotCalibrate) as refused:
        calibrate(ask, LIMITS)
    return refused.value.errors


@pytest.mark.parametrize(
    ("rounding", "hours"),
    [(None, 833), (Rounding.UP, 834), (Rounding.DOWN, 833), (Rounding.MULTIPLE_5, 835), (Rounding.MULTIPLE_35, 840)],
)  # fmt: skip
def test_the_million(rounding: Rounding | None, hours: int) -> None:
    found = calibrate(replace(MILLION, rounding=rounding), LIMITS)
    assert (found.hours, found.raw, found.labour_hours) == (D(hours), D("833.33"), D("16666.67"))
    assert found.cost == hours * 30
    assert found.rule_version == CALIBRATION_RULES


def test_the_million_told() -> None:
    found = calibrate(MILLION, LIMITS)
    assert plain(found.arithmetic) == "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h"
    assert found.equivalents
    assert (found.equivalents.person_months, found.equivalents.person_weeks) == (D("5.5"), D("23.8"))
    assert plain(found.equivalents.sentence) == (
        "≈ 1 personne pendant 5,5 mois, soit 23,8 semaines à temps plein (mois de 151,67 h, semaine de 35 h)"
    )


def test_the_lot_of_ales() -> None:
    ask = Ask(
        Method.LOT, amount=D(1_500_000), labour_share=D("0.7"), insertion_rate=D("0.1"), hourly_cost=D(30)
    )
    found = calibrate(ask, LIMITS)
    assert (found.hours, found.labour_hours, found.cost) == (D(3500), D(35000), D(105_000))


def test_an_annual_amount_is_taken_for_its_years() -> None:
    ask = replace(MILLION, amount=D(250_000), basis=AmountBasis.ANNUAL, years=D(4))
    found = calibrate(ask, LIMITS)
    assert (found.hours, found.amount) == (D(833), D(1_000_000))
    assert plain(found.arithmetic).startswith("250 000 € par an × 4 ans = 1 000 000 € ; 1 000 000 € × 50 %")
    assert errors(replace(ask, years=None)) == {
        "years": "Donnez le nombre d'années, reconductions comprises."
    }


def test_cleaning_with_staff_taken_over() -> None:
    found = calibrate(CLEANING, LIMITS)
    assert (found.potential, found.hours, found.raw) == (D("0.5"), D(360), D(360))
    assert plain(found.arithmetic) == (
        "P = 1 − (200 h × 25 €/h) ÷ (360 000 € ÷ 36 mois) = 0,5 ; I = 0,5 × 360 000 € ÷ 25 €/h × 5 % = 360 h"
    )
    assert found.warnings == ()


def test_cleaning_staffed_already_has_no_clause() -> None:
    for staff in (400, 401, 5000):
        found = calibrate(replace(CLEANING, monthly_hours=D(staff)), LIMITS)
        assert found.hours == 0
        assert [one.code for one in found.warnings] == ["staff_covers_all"]
        assert found.equivalents is None
    assert codes(replace(CLEANING, monthly_hours=D(0))) == []


def test_floor_of_cleaning_is_150_hours() -> None:
    at = replace(CLEANING, amount=D(75_000), monthly_hours=D(0))  # 75 000 ÷ 25 × 5 % = 150 h
    assert codes(at) == []
    assert codes(replace(at, amount=D("74999"))) == ["cleaning_floor"]


def test_hours_by_100_000_euros_ordered() -> None:
    ask = Ask(Method.PER_100K, labour_share=D("0.5"), insertion_rate=D("0.05"), hourly_cost=D(35))
    found = calibrate(ask, LIMITS)
    assert (found.per_100k, found.hours, found.equivalents) == (D("71.4"), None, None)
    assert plain(found.arithmetic) == "100 000 € × 50 % × 5 % ÷ 35 €/h = 71,4 h par 100 000 € HT commandés"
    ordered = calibrate(replace(ask, amount=D(350_000)), LIMITS)
    assert (ordered.hours, ordered.per_100k) == (D(250), D("71.4"))


def test_hours_beyond_an_invoiced_amount() -> None:
    ask = Ask(Method.BEYOND, amount=D(2_800_000), euros_per_hour=D(2000), beyond=D(2_700_000))
    assert calibrate(ask, LIMITS).hours == 50
    assert plain(calibrate(ask, LIMITS).arithmetic) == "(2 800 000 € − 2 700 000 €) ÷ 2 000 € par heure = 50 h"
    assert calibrate(replace(ask, amount=D("2701999.99")), LIMITS).hours == 0
    assert calibrate(replace(ask, amount=D("2701999.99"), rounding=Rounding.UP), LIMITS).hours == 1
    under = calibrate(replace(ask, amount=D(2_700_000)), LIMITS)
    assert under.hours == 0
    assert "n'est pas dépassé" in under.arithmetic


def test_inverse_and_cost() -> None:
    found = calibrate(INVERSE, LIMITS)
    assert (found.rate, found.cost, found.hours) == (D("0.05"), D(24_990), D(833))
    assert plain(found.arithmetic) == "833 h × 30 €/h ÷ (1 000 000 € × 50 %) = 5 % de la main-d'œuvre"
    cost = calibrate(Ask(Method.COST, hours=D(833), hourly_cost=D(30), amount=D(1_000_000)), LIMITS)
    assert cost.cost == 24_990
    assert plain(cost.arithmetic) == "833 h × 30 €/h = 24 990 €, soit 2,5 % du montant HT"


def test_small_heavy_short_and_crowded_are_warned_of_and_their_limits_are_not() -> None:
    seventy = replace(MILLION, amount=D(84_000))
    assert codes(seventy) == []
    assert codes(replace(seventy, amount=D(82_000))) == ["too_small"]
    assert codes(replace(MILLION, insertion_rate=D("0.2"))) == []
    assert codes(replace(MILLION, insertion_rate=D("0.2001"))) == ["too_heavy"]
    assert codes(replace(seventy, months=D(2))) == []
    assert codes(replace(seventy, months=D("1.9"))) == ["too_short"]
    assert codes(replace(MILLION, months=D(6))) == []
    assert codes(replace(MILLION, months=D(5))) == ["more_than_one_person"]
    assert codes(replace(MILLION, basis=AmountBasis.MAXIMUM)) == ["framework_maximum"]
    assert codes(replace(INVERSE, hours=D(3336))) == ["too_heavy"]


def test_warnings_are_told_in_words() -> None:
    found = calibrate(replace(MILLION, months=D(3)), LIMITS).warnings[0]
    assert plain(found.sentence) == (
        "Une seule personne ferait au plus 455,01 h en 3 mois : il en faudra 2 à temps plein."
    )


def test_every_field_missing_is_named_at_once() -> None:
    assert errors(Ask(Method.LOT)) == {
        "amount": "Donnez le montant HT.",
        "labour_share": "Donnez la part de main-d'œuvre sur site.",
        "insertion_rate": "Donnez le taux d'insertion.",
        "hourly_cost": "Donnez le coût horaire.",
    }
    assert list(errors(Ask(Method.CLEANING))) == ["amount", "months", "monthly_hours", "insertion_rate"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", "0"), ("amount", "-1"), ("labour_share", "0"), ("labour_share", "1.01"), ("insertion_rate", "-0.1"),
     ("hourly_cost", "0"), ("months", "0"), ("amount", "NaN"), ("amount", "1e13")],
)  # fmt: skip
def test_absurd_figures_are_refused_at_their_field(field: str, value: str) -> None:
    wrong: dict[str, Any] = {field: D(value)}
    assert list(errors(replace(MILLION, **wrong))) == [field]


def test_what_the_method_does_not_use_is_not_looked_at() -> None:
    assert calibrate(replace(MILLION, euros_per_hour=D(-3)), LIMITS).hours == 833


AMOUNTS = st.decimals(min_value=1, max_value=10**9, places=2)
SHARES = st.decimals(min_value=D("0.0001"), max_value=1, places=4)
COSTS = st.decimals(min_value=1, max_value=500, places=2)


@given(amount=AMOUNTS, share=SHARES, rate=SHARES, cost=COSTS)
def test_the_inverse_finds_the_rate_again(amount: D, share: D, rate: D, cost: D) -> None:
    lot = Ask(Method.LOT, amount=amount, labour_share=share, insertion_rate=rate, hourly_cost=cost)
    found = calibrate(lot, LIMITS)
    assume(found.hours and found.raw)
    back = calibrate(replace(lot, method=Method.INVERSE, hours=found.raw), LIMITS)
    assert found.labour_hours
    assert abs((back.rate or D(0)) - rate) <= D("0.00005") + D("0.0051") / found.labour_hours


@given(amount=AMOUNTS, months=st.integers(1, 120), staff=st.integers(0, 20_000), rate=SHARES)
def test_cleaning_never_asks_more_than_without_staff_nor_less_than_nothing(
    amount: D, months: int, staff: int, rate: D
) -> None:
    ask = Ask(Method.CLEANING, amount=amount, months=D(months), monthly_hours=D(staff), insertion_rate=rate)
    found, bare = calibrate(ask, LIMITS), calibrate(replace(ask, monthly_hours=D(0)), LIMITS)
    assert found.hours is not None
    assert bare.hours is not None
    assert 0 <= found.hours <= bare.hours
    assert bare.potential == 1


EXTREME = st.sampled_from([D("1e-12"), D("0.01"), D(1), D("12345.6789"), D(10) ** 12])


@given(
    method=st.sampled_from(Method), amount=EXTREME, share=st.sampled_from([D("1e-12"), D("0.5"), D(1)]), cost=EXTREME,
    hours=EXTREME, years=EXTREME, basis=st.sampled_from(AmountBasis),
)  # fmt: skip
def test_figures_out_of_scale_are_refused_in_french_never_an_incident(
    method: Method, amount: D, share: D, cost: D, hours: D, years: D, basis: AmountBasis
) -> None:
    ask = Ask(
        method, amount=amount, basis=basis, years=years, labour_share=share, insertion_rate=share, hourly_cost=cost,
        months=hours, hours=hours, monthly_hours=hours, euros_per_hour=cost,
    )  # fmt: skip
    try:
        found = calibrate(ask, LIMITS)
    except CannotCalibrate:
        return
    assert found.hours is None or 0 <= found.hours <= D(10) ** 9
    assert len(found.arithmetic) <= 600


def test_figures_out_of_scale_are_told() -> None:
    assert errors(replace(MILLION, amount=D(10) ** 12, hourly_cost=D("0.01"))) == {
        "": "Ces chiffres ne vont pas ensemble : vérifiez le montant, la part et le coût."
    }


@given(amount=AMOUNTS, share=SHARES, rate=SHARES, cost=COSTS)
def test_hours_by_100_000_agree_with_the_lot(amount: D, share: D, rate: D, cost: D) -> None:
    lot = Ask(Method.LOT, amount=amount, labour_share=share, insertion_rate=rate, hourly_cost=cost)
    assert calibrate(replace(lot, method=Method.PER_100K), LIMITS).per_100k is not None
    assert calibrate(replace(lot, method=Method.PER_100K), LIMITS).hours == calibrate(lot, LIMITS).hours
