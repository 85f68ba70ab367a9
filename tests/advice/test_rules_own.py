"""Values of a structure come before the usual ones."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.advice.enums import Method, ValueKind
from clausette.advice.rules import (
    Ask,
    OwnFigure,
    TradeProposal,
    UsualCost,
    check_figure,
    complete,
    in_force,
)
from clausette.kernel.errors import Invalid
from clausette.reference.enums import Reliability
from clausette.reference.facts.labour import LABOUR

SHARE, COST = ValueKind.LABOUR_SHARE, ValueKind.HOURLY_COST
PAINTING = next(row for row in LABOUR if row.code == "painting")
USUAL = UsualCost(Decimal(35), "Usage du réseau", Reliability.LOW)
ASKED = Ask(Method.LOT, amount=Decimal(100_000), insertion_rate=Decimal("0.05"))


def figure(kind: ValueKind, value: str, on: date, trade: str = "painting") -> OwnFigure:
    return OwnFigure(trade, kind, Decimal(value), on, "relevé de 12 marchés")


def test_the_last_day_begun_is_in_force_and_of_one_day_the_last_given() -> None:
    rows = [
        figure(SHARE, "0.6", date(2025, 1, 1)), figure(SHARE, "0.65", date(2026, 1, 1)),
        figure(SHARE, "0.66", date(2026, 1, 1)), figure(SHARE, "0.9", date(2027, 1, 1)),
        figure(COST, "38", date(2026, 1, 1)),
    ]  # fmt: skip
    found = in_force(rows, date(2026, 6, 1))
    assert {key: one.value for key, one in found.items()} == {
        (SHARE, "painting"): Decimal("0.66"), (COST, "painting"): Decimal(38),
    }  # fmt: skip
    assert in_force(rows, date(2024, 12, 31)) == {}
    assert in_force(rows, date(2025, 1, 1))[SHARE, "painting"].value == Decimal("0.6")


def test_a_value_of_the_structure_replaces_the_usual_one_and_says_so() -> None:
    own = TradeProposal(
        PAINTING, USUAL, figure(SHARE, "0.655", date(2026, 1, 1)), figure(COST, "38", date(2026, 3, 2))
    )
    found = complete(ASKED, own)
    assert (found.ask.labour_share, found.ask.hourly_cost) == (Decimal("0.655"), Decimal(38))
    share, cost = (told.replace("\u202f", " ").replace("\u00a0", " ") for told in found.told)
    assert "Valeur de votre structure, depuis le 1er janvier 2026 : relevé de 12 marchés." in share
    assert "65,5 %" in share
    assert "Coût horaire proposé : 38 €/h. Valeur de votre structure, depuis le 2 mars 2026" in cost


def test_without_own_value_the_usual_one_says_how_sure_it_is() -> None:
    found = complete(ASKED, TradeProposal(PAINTING, USUAL))
    assert found.ask.labour_share == PAINTING.share
    assert "Usage du réseau" in found.told[1]
    assert "votre structure" not in "".join(found.told)


@pytest.mark.parametrize(
    ("kind", "value", "source", "field"),
    [
        (SHARE, "0", "x", "value"), (SHARE, "1.01", "x", "value"), (COST, "0", "x", "value"),
        (COST, "501", "x", "value"), (COST, "35", "", "source"),
    ],
)  # fmt: skip
def test_an_absurd_value_is_refused_at_its_field(kind: ValueKind, value: str, source: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_figure(kind, Decimal(value), source)
    assert list(refused.value.errors) == [field]
    check_figure(SHARE, Decimal(1), "x")
