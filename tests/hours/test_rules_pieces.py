"""The same piece on several statements: one quarter of one market and one declarant may share it."""

from datetime import date

from clausette.hours.rules.pieces import Handed, lapsed_since, seen_before

JULY, SEPTEMBER, OCTOBER = date(2026, 7, 1), date(2026, 9, 1), date(2026, 10, 1)


def test_a_quarter_of_one_market_and_declarant_shares_its_piece() -> None:
    mine = Handed(1, 1, SEPTEMBER)
    assert seen_before(mine, [Handed(1, 1, JULY), mine]) is None
    assert seen_before(mine, [Handed(1, 1, JULY), mine, Handed(1, 1, OCTOBER)]) == OCTOBER
    assert seen_before(mine, [Handed(2, 1, JULY), mine]) == JULY
    assert seen_before(mine, [Handed(1, 2, SEPTEMBER), mine]) == SEPTEMBER
    assert seen_before(mine, [Handed(1, 1, date(2025, 9, 1)), mine]) == date(2025, 9, 1)


def test_a_piece_with_an_end_lapses_after_the_month_of_its_last_day() -> None:
    given = [(JULY, date(2026, 9, 1))]
    assert lapsed_since(SEPTEMBER, given) is None
    assert lapsed_since(OCTOBER, given) == date(2026, 9, 2)
    assert lapsed_since(OCTOBER, [*given, (OCTOBER, date(2027, 9, 1))]) is None, "renewed"
    assert lapsed_since(OCTOBER, [*given, (date(2026, 11, 1), date(2027, 9, 1))]) == date(2026, 9, 2)
    assert lapsed_since(JULY, [(SEPTEMBER, date(2026, 6, 30))]) is None, "a later piece says nothing of before"
    assert lapsed_since(JULY, []) is None
