"""The same piece on several statements: one quarter of one market and one declarant may share it."""

from datetime import date

from clausette.hours.enums import PieceKind
from clausette.hours.rules.pieces import (
    End,
    Handed,
    Lapsed,
    lapse_that_bears,
    lapsed_since,
    lapses_of,
    seen_before,
)
from clausette.reference.facts.pieces import PIECES

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


APPROVAL, CONTRACT = PieceKind.APPROVAL, PieceKind.CONTRACT


def test_an_approval_is_shared_by_the_months_and_contracts_of_its_declarant_never_as_a_proof_of_hours() -> None:
    mine = Handed(1, 1, OCTOBER, APPROVAL)
    assert seen_before(mine, [Handed(2, 1, JULY, APPROVAL), mine]) is None
    assert seen_before(mine, [Handed(1, 2, JULY, APPROVAL), mine]) == JULY
    assert seen_before(mine, [Handed(1, 1, JULY), mine]) == JULY, "it proved the hours of another quarter"


def test_each_kind_lapses_by_itself_and_a_file_that_holds_all_stands_for_each() -> None:
    approval, contract = End(JULY, date(2026, 9, 1), APPROVAL), End(JULY, date(2026, 8, 31), CONTRACT)
    gone = (Lapsed(CONTRACT, date(2026, 9, 1)), Lapsed(APPROVAL, date(2026, 9, 2)))
    assert lapses_of(OCTOBER, [approval, contract]) == gone
    assert lapses_of(SEPTEMBER, [approval, contract]) == gone[:1]
    renewed = End(OCTOBER, date(2027, 9, 1), APPROVAL)
    assert lapses_of(OCTOBER, [approval, renewed, contract]) == gone[:1], "its own renewal only"
    assert lapses_of(OCTOBER, [approval, contract, End(OCTOBER, date(2027, 9, 1))]) == ()
    assert lapses_of(OCTOBER, [End(JULY, date(2026, 9, 1))]) == (Lapsed(PieceKind.HOURS, date(2026, 9, 2)),)
    assert lapses_of(OCTOBER, []) == ()


def test_what_lapsed_bears_where_the_modality_asks_for_it() -> None:
    gone = (Lapsed(CONTRACT, date(2026, 9, 1)), Lapsed(APPROVAL, date(2026, 9, 2)))
    assert lapse_that_bears(gone, PIECES, "direct") == gone[0]
    assert lapse_that_bears(gone[1:], PIECES, "direct") is None, "no approval is asked of an ordinary employer"
    assert lapse_that_bears(gone[1:], PIECES, "etti") == gone[1]
    assert lapse_that_bears(gone[1:], PIECES, "") == gone[1]
    whole = Lapsed(PieceKind.HOURS, date(2026, 9, 2))
    assert lapse_that_bears((whole,), PIECES, "other") == whole
    assert (gone[1].what, whole.what) == ("convention ou agrément", "")
