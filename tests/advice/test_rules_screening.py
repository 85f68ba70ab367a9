"""« Repérage »: bounds of the score, what moves it, what is said where a fact is missing. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.advice.enums import BuyerKind, Verdict
from clausette.advice.rules import (
    Band,
    Facts,
    Ground,
    Line,
    Offer,
    Past,
    Screened,
    TradeProposal,
    UsualCost,
    Weights,
    screen,
    trades_of_cpv,
    weights_of,
)
from clausette.commitments.rules import calibrate
from clausette.procurement.enums import ContractNature, LegalDeviceKind
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.labour import LABOUR
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.facts.thresholds import THRESHOLDS
from clausette.reference.facts.waivers import WAIVERS

ON = date(2026, 11, 27)
COSTS = {row.code: row for row in PARAMETERS}
TRADES = [
    TradeProposal(row, UsualCost(COSTS[row.cost_code].value, "", row.reliability) if row.cost_code else None)
    for row in LABOUR
]
GROUND = Ground(
    ON, Facts(THRESHOLDS, ARTICLES, WAIVERS), TRADES, offers=[Offer("painting", "69", Decimal(100))],
    past={"painting": Past(2, Decimal(1000), Decimal(800))}, territory="69003 Lyon",
)  # fmt: skip
PAINTING = Line(
    "Peinture des écoles", cpv="45442100", amount=Decimal(1_000_000), engaged_on=ON, months=12, place="69001 Lyon"
)  # fmt: skip


def one(line: Line = PAINTING, ground: Ground = GROUND, **changes: Any) -> Screened:
    return screen([replace(line, **changes)], ground)[0]


def points(found: Screened) -> dict[str, int]:
    return {reason.code: reason.points for reason in found.reasons}


def test_a_good_purchase_tells_each_of_its_points() -> None:
    found = one()
    assert points(found) == {"labour": 35, "volume": 20, "duration": 15, "place": 10, "capacity": 10, "past": 8}
    assert (found.score, found.band, found.missing) == (98, Band.HIGH, 0)
    assert {str(at.rate): int(at.hours) for at in found.hours} == {
        "0.05": 1000, "0.07": 1400, "0.10": 2000, "0.15": 3000,
    }  # fmt: skip
    assert (found.nature, found.trade) == (ContractNature.WORKS, "painting")
    assert found.test
    assert found.test.verdict == Verdict.OPTIONAL  # under the threshold of works
    assert found.device == LegalDeviceKind.EXECUTION


def test_hours_are_those_of_the_calculation() -> None:
    found = one(amount=Decimal(357_143))
    for at in found.hours:
        asked = calibrate(
            amount_ht=Decimal(357_143), labour_share=Decimal("0.7"), rate=at.rate, hourly_cost=Decimal(35)
        )
        assert at.hours == asked.hours


@pytest.mark.parametrize(
    ("changes", "code", "given"),
    [
        ({"amount": Decimal(69490)}, "volume", 0),  # 69 h
        ({"amount": Decimal(69500)}, "volume", 2),  # 69,5 h, rounded to 70
        ({"amount": Decimal(599500)}, "volume", 20),
        ({"months": 1}, "duration", 0),
        ({"months": 2}, "duration", 3),
        ({"months": 11}, "duration", 14),
        ({"months": 12}, "duration", 15),
        ({"place": "13001 Marseille"}, "place", 0),
        ({"place": ""}, "place", 5),
        ({"months": None}, "capacity", 5),
        ({"months": 1}, "capacity", 1),
    ],
)
def test_each_criterion_at_its_bounds(changes: dict[str, Any], code: str, given: int) -> None:
    assert points(one(**changes))[code] == given


def test_what_is_not_known_gives_half_and_says_so() -> None:
    found = one(Line("Prestations diverses"), replace(GROUND, offers=(), past={}))
    assert found.score == 51  # halves go up
    assert found.missing == 6
    assert found.test is None
    assert found.test_told == "Nature et CPV inconnus : le test de la clause obligatoire reste à faire."
    assert (found.hours, found.device) == ((), LegalDeviceKind.UNKNOWN)


def test_supplies_without_labour_have_no_object() -> None:
    found = one(Line("Papier", nature=ContractNature.SUPPLIES, cpv="30197630", amount=Decimal(300_000), engaged_on=ON))
    assert (found.score, found.band, found.device) == (0, Band.LOW, LegalDeviceKind.NONE)
    assert [reason.sentence for reason in found.reasons] == [
        "« Fournitures sans pose » : aucune main-d'œuvre sur site, une clause n'a pas d'objet."
    ]
    assert found.test
    assert found.test.verdict == Verdict.MANDATORY
    assert found.device_told == "Pas de main-d'œuvre sur site : voyez les motifs de dérogation."


def test_the_day_before_the_pivot_the_condition_is_not_due() -> None:
    cleaning = Line("Nettoyage", cpv="90910000", amount=Decimal(216_000), months=24)
    due = one(cleaning, engaged_on=date(2026, 8, 21)).test
    before = one(cleaning, engaged_on=date(2026, 8, 20)).test
    assert due
    assert before
    assert (due.verdict, before.verdict) == (Verdict.MANDATORY, Verdict.OPTIONAL)
    assert one(cleaning, amount=Decimal("215999.99"), engaged_on=ON).test.verdict == Verdict.OPTIONAL  # type: ignore[union-attr]  # an amount is given


def test_without_a_day_the_test_is_made_today_and_says_so() -> None:
    told = one(engaged_on=None).test_told
    assert told.endswith("Jour de la consultation inconnu : test fait au jour du repérage.")


def test_trades_that_share_a_code_keep_the_lowest_share() -> None:
    found = one(cpv="45421000")
    assert found.trade == "outer_joinery"
    assert "Aussi possible : « Menuiseries intérieures, agencement »" in found.reasons[0].sentence


def test_offers_of_another_trade_or_place_do_not_count() -> None:
    elsewhere = replace(GROUND, offers=[Offer("painting", "13", Decimal(100)), Offer("tiling", "", Decimal(100))])
    assert points(one(ground=elsewhere))["capacity"] == 0
    assert points(one(ground=elsewhere, cpv="45431000"))["capacity"] == 10


def test_devices() -> None:
    green = Line("Entretien des parcs", cpv="77310000", amount=Decimal(90_000), engaged_on=ON, months=24)
    assert one(green).device == LegalDeviceKind.RESERVED_BOTH
    assert one(green, buyer_kind=BuyerKind.PRIVATE).device == LegalDeviceKind.PRIVATE
    small = one(cpv="45313000", amount=Decimal(20_000), months=1, place="13001")
    assert small.device == LegalDeviceKind.NONE
    assert one(amount=Decimal(9_000_000)).device_told == "La clause est obligatoire."


def test_the_parameters_are_the_usual_weights_and_say_they_are_weak() -> None:
    rows = {row.code: row for row in PARAMETERS if row.code.startswith("screening_")}
    assert weights_of({code: row.value for code, row in rows.items()}) == Weights()
    assert Weights().most == 100
    assert {row.source for row in rows.values()} == {"Pratique des facilitateurs, confiance faible"}
    assert weights_of({"screening_points_labour": Decimal(40)}).labour == 40


_CODES = sorted({prefix.ljust(8, "0") for row in LABOUR for prefix in row.cpv} | {"", "03000000", "99000000"})
lines = st.builds(
    Line,
    title=st.just("Achat"),
    buyer_kind=st.sampled_from(BuyerKind),
    nature=st.none() | st.sampled_from(ContractNature),
    amount=st.none() | st.decimals("0.01", "99999999", places=2),
    cpv=st.sampled_from(_CODES),
    engaged_on=st.none() | st.dates(date(2012, 1, 1), date(2030, 1, 1)),
    months=st.none() | st.integers(1, 400),
    place=st.text(max_size=20),
    defence=st.booleans(),
    concession=st.booleans(),
)


@given(st.lists(lines, max_size=5))
def test_any_lines_are_screened_in_their_order_between_0_and_100(asked: list[Line]) -> None:
    found = screen(asked, GROUND)
    assert [row.line for row in found] == asked
    for row in found:
        assert 0 <= row.score <= 100
        assert all(0 <= reason.points <= reason.most and reason.sentence for reason in row.reasons)
        assert [at.hours for at in row.hours] == sorted(at.hours for at in row.hours)
        assert row.test_told
        assert row.device_told


@given(lines.filter(lambda line: line.months is not None and line.amount is not None))
def test_a_longer_or_larger_purchase_never_scores_less_on_that_criterion(line: Line) -> None:
    longer = one(line, months=(line.months or 0) + 1)
    larger = one(line, amount=(line.amount or Decimal(0)) * 2)
    base = points(one(line))
    assert points(longer).get("duration", 0) >= base.get("duration", 0)
    assert points(larger).get("volume", 0) >= base.get("volume", 0)


@given(st.sampled_from([code for code in _CODES if code]))
def test_the_trade_is_one_of_those_of_the_code(cpv: str) -> None:
    trades = {row.code for row in trades_of_cpv(LABOUR, cpv, ON)}
    found = one(cpv=cpv, nature=ContractNature.SERVICES).trade
    assert found in trades if trades else found == ""
