"""Past contracts of a trade: the middle of what they ask, and a study that is far from them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.advice.rules import Comparison, Limits, PastFigure, compare, far_from, per_100k

LIMITS = Limits()
AMOUNTS = st.decimals(1000, 10**8, places=2)
HOURS = st.decimals(1, 50_000, places=2)


def past(middle: str, count: int = 3) -> Comparison:
    return Comparison(count, Decimal(middle), Decimal(10), Decimal(200))


def test_the_middle_is_told_with_its_number_and_its_ends() -> None:
    said = ((100_000, 40), (200_000, 124), (1_000_000, 800), (50_000, 31))
    rows = [PastFigure(Decimal(amount), Decimal(hours)) for amount, hours in said]
    found = compare(rows)
    assert found == Comparison(4, Decimal("62.00"), Decimal("40.00"), Decimal("80.00"))
    told = found.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert told == "4 marchés comparables, médiane 62 h pour 100 000 € HT (de 40 h à 80 h)."
    assert compare([]) is None
    assert compare([PastFigure(Decimal(1000), Decimal(0))]) is None


def test_exactly_twice_or_half_warns_of_nothing_and_beyond_does() -> None:
    for studied, side in (("31", ""), ("124", ""), ("30.99", "bien moins"), ("124.01", "bien plus")):
        warned = far_from(Decimal(studied), past("62"), LIMITS)
        assert (side in warned.sentence if warned else side == ""), studied


def test_few_contracts_or_no_figure_say_nothing() -> None:
    assert far_from(Decimal(1000), past("62", count=2), LIMITS) is None
    assert far_from(None, past("62"), LIMITS) is None
    assert far_from(Decimal(1000), None, LIMITS) is None
    assert per_100k(None, Decimal(1)) is None
    assert per_100k(Decimal(833), Decimal(1_000_000)) == Decimal("83.30")


@given(st.lists(st.tuples(AMOUNTS, HOURS), min_size=1, max_size=8))
def test_the_middle_is_between_the_ends_and_is_never_far_from_itself(rows: list[tuple[Decimal, Decimal]]) -> None:
    found = compare([PastFigure(amount, hours) for amount, hours in rows])
    assert found is not None
    assert found.least <= found.middle <= found.most
    assert far_from(found.middle, found, LIMITS) is None
