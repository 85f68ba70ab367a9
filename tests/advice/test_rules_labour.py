"""Labour shares: facts that hold together, trade found from a CPV code."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.advice.rules import trade_of, trades_of_cpv
from clausette.reference.enums import Reliability
from clausette.reference.facts.labour import LABOUR
from clausette.reference.facts.parameters import PARAMETERS

ON = date(2026, 11, 27)


def trades(cpv: str) -> list[str]:
    return [row.code for row in trades_of_cpv(LABOUR, cpv, ON)]


def test_shares_are_between_their_bounds_and_say_where_they_come_from() -> None:
    assert len(LABOUR) == len({row.code for row in LABOUR}) == 40
    for row in LABOUR:
        assert 0 <= row.least <= row.share <= row.most <= 1
        assert row.source
        assert row.reliability == Reliability.SOURCED or row.source.startswith("Usage, confiance")
    costs = {row.code for row in PARAMETERS}
    assert {row.cost_code for row in LABOUR} - {""} <= costs


@pytest.mark.parametrize(
    ("cpv", "found"),
    [
        ("45442100-8", ["painting"]),
        ("45261210", ["roofing"]),
        ("45261100", ["timber_frame"]),
        ("45261400", ["waterproofing"]),
        ("45112700-2", ["landscaping"]),
        ("45112500", ["earthworks"]),
        ("90910000-9", ["cleaning"]),
        ("45421000", ["outer_joinery", "inner_joinery"]),
        ("45421150", ["inner_joinery"]),
        ("90511000", ["waste", "waste_sorting"]),
        ("03000000", []),
    ],
)
def test_the_longest_prefix_chooses_the_trade(cpv: str, found: list[str]) -> None:
    assert trades(cpv) == found


@pytest.mark.parametrize("cpv", ["", "4", "peinture", "454421001", "45442100-88", "٤٥٤٤"])
def test_a_code_that_is_none_is_refused_in_french(cpv: str) -> None:
    with pytest.raises(ValueError, match="n'est pas un code CPV : écrivez 8 chiffres"):
        trades(cpv)


def test_a_trade_by_its_code_and_day() -> None:
    painting = trade_of(LABOUR, "painting", ON)
    assert painting
    assert (painting.share, painting.reliability) == (Decimal("0.7"), Reliability.SOURCED)
    assert trade_of(LABOUR, "painting", date(2011, 12, 31)) is None
    assert trade_of(LABOUR, "unknown", ON) is None
