"""A surplus carried over: who gives, who receives, and how much, at the boundaries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Giving, Receiving, Valued, check_carried
from clausette.kernel.errors import Invalid

ON = date(2027, 3, 1)
RULE = Valued(ValuedMatter.CARRY_OVER, date(2027, 1, 1), True, hours_most=Decimal(100), source="CCAP, art. 5.6")
GIVING = Giving(firm=1, buyer=2, due=Decimal(300), settled_on=date(2026, 12, 31))
RECEIVING = Receiving(
    firm=1, buyer=2, starts_on=date(2027, 1, 10), ends_on=date(2027, 12, 31), due=Decimal(400), rule=RULE
)
hours = st.decimals(min_value=0, max_value=1000, places=2)


def refused(
    giving: Giving = GIVING, receiving: Receiving = RECEIVING, said: str = "60", on: date = ON
) -> dict[str, str]:
    try:
        check_carried(giving, receiving, Decimal(said), on)
    except Invalid as refusal:
        return {name: str(text) for name, text in refusal.errors.items()}
    return {}


def test_within_the_rule() -> None:
    assert refused() == {}
    assert refused(said="100") == {}
    assert "en reste 100" in refused(said="100.01")["hours"].replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("said", ["0", "-1"])
def test_hours_are_above_zero(said: str) -> None:
    assert set(refused(said=said)) == {"hours"}


@pytest.mark.parametrize(
    ("giving", "word"),
    [
        (replace(GIVING, due=None), "pas d'heures dues"),
        (replace(GIVING, settled_on=None), "Soldez d'abord"),
        (replace(GIVING, provisional=True), "provisoires"),
    ],
)
def test_who_gives_is_settled_and_has_hours_due(giving: Giving, word: str) -> None:
    assert word in refused(giving)["hours"]


@pytest.mark.parametrize(
    ("receiving", "word"),
    [
        (replace(RECEIVING, firm=9), "même titulaire"),
        (replace(RECEIVING, buyer=9), "même maître d'ouvrage"),
        (replace(RECEIVING, due=None), "ne reçoit pas"),
        (replace(RECEIVING, rule=None), "ne dit pas"),
        (replace(RECEIVING, rule=replace(RULE, admitted=False, hours_most=None)), "refuse"),
    ],
)
def test_who_receives_admits_it(receiving: Receiving, word: str) -> None:
    assert word in refused(receiving=receiving)["to"]


@pytest.mark.parametrize(
    ("on", "fields"),
    [
        (date(2026, 12, 31), {"starts_on"}),
        (date(2027, 1, 1), set()),  # the month in which it starts counts whole
        (date(2027, 12, 31), set()),
        (date(2028, 1, 1), {"starts_on"}),
    ],
)
def test_from_a_day_of_the_receiving_engagement(on: date, fields: set[str]) -> None:
    assert set(refused(on=on)) == fields


def test_the_lesser_of_hours_and_share_and_what_others_carried() -> None:
    shared = replace(RECEIVING, rule=replace(RULE, share_most=Decimal("0.10")))
    assert shared.most == Decimal(40)
    assert set(refused(receiving=replace(shared, carried=Decimal(30)), said="10.01")) == {"hours"}
    assert refused(receiving=replace(shared, carried=Decimal(30)), said="10") == {}


@given(most=hours, carried=hours, said=hours)
def test_never_beyond_the_ceiling(most: Decimal, carried: Decimal, said: Decimal) -> None:
    rule = replace(RULE, hours_most=most or Decimal(1))
    accepted = not refused(receiving=replace(RECEIVING, rule=rule, carried=carried), said=f"{said}")
    assert accepted == (said > 0 and said + carried <= (most or Decimal(1)))
