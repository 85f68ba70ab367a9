"""Shares of a buyer by year: counted once, unknown left out, in number and in amount."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.rules import Counted, by_year
from clausette.reports.bars import Bar, share_bars


def one(
    key: str, social: bool | None, amount: int | None = 100, *, year: int = 2026, published: bool = True
) -> Counted:
    return Counted(key, date(year, 5, 4), None if amount is None else Decimal(amount), social, published)


def test_each_contract_is_counted_once_and_as_published() -> None:
    rows = [
        one("a", True, 300), one("b", False), one("c", None), one("a", False, 900, published=False),
        one("d", True, None, published=False), one("old", False, year=2025),
    ]  # fmt: skip
    last, before = by_year(rows)
    assert (last.year, last.contracts, last.social, last.unknown, last.own) == (2026, 3, 2, 1, 1)
    assert (last.amount, last.social_amount, last.by_amount) == (Decimal(400), Decimal(300), Decimal("0.75"))
    assert (before.year, before.by_number, before.by_amount) == (2025, Decimal(0), Decimal(0))
    assert by_year([]) == ()


def test_a_year_of_which_nothing_is_told_has_no_share() -> None:
    (year,) = by_year([one("a", None)])
    assert (year.contracts, year.unknown, year.by_number, year.by_amount) == (0, 1, None, None)


KEYS, SAID = st.text("abc", min_size=1, max_size=2), st.sampled_from([True, False, None])


@given(st.lists(st.tuples(KEYS, SAID, st.integers(0, 9))))
def test_shares_are_shares(rows: list[tuple[str, bool | None, int]]) -> None:
    for year in by_year([one(*row) for row in rows]):
        assert year.contracts + year.unknown == len({row[0] for row in rows})
        assert year.by_number is None or 0 <= year.by_number <= 1
        assert year.by_amount is None or 0 <= year.by_amount <= 1


def test_the_picture_says_its_figures_in_words() -> None:
    drawn = share_bars([Bar("2026", Decimal("0.25"), None)], Decimal("0.30")).decode()
    plain = drawn.replace("\u00a0", " ")
    assert "2026 : 25 % en nombre, inconnu en montant. Objectif : 30 %." in plain
    assert drawn.count("<rect") == 2, "one bar, and the tile of the hatching"
    assert share_bars([], Decimal("0.30")).startswith(b"<svg")
