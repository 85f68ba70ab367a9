"""Rules of real contracts: ceilings, years, decisions, ranks, shares, quartiers, pasted amounts, moves."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.errors import WrongState
from clausette.procurement.enums import AmountKind, ContractState, PhaseKind, PhaseState, TerminationReason
from clausette.procurement.rules import (
    ceiling,
    check_decision,
    makes_loop,
    missing_to_move,
    parse_amounts,
    parse_qpv_codes,
    rank_of,
    wrong_amount,
    wrong_amount_day,
    wrong_shares,
    years_of,
)

FIRMS = {"Bâti Ouche": "b", "44306184100047": "b", "Toitures Morel": "t"}
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
SHARES = st.lists(st.decimals("0.0001", "1", places=4), max_size=6)


def test_the_last_euro_fits_and_the_next_one_does_not() -> None:
    held = ceiling(Decimal(500_000), [Decimal(300_000), None, Decimal("150000.50")])
    assert (held.ordered, held.left) == (Decimal("450000.50"), Decimal("49999.50"))
    assert held.refusal(Decimal("49999.50")) == ""
    told = held.refusal(Decimal("49999.51")).replace("\u202f", " ").replace("\u00a0", " ")
    assert told == (
        "49 999,51 € HT dépassent le maximum : 450 000,50 € HT déjà commandés sur 500 000 € HT au plus, "
        "il reste 49 999,50 € HT."
    )


def test_several_new_orders_are_refused_together_and_no_maximum_refuses_nothing() -> None:
    assert ceiling(Decimal(100), []).refusal(Decimal(60), Decimal(41)) != ""
    assert ceiling(None, [Decimal(10**9)]).refusal(Decimal(10**9)) == ""
    assert ceiling(Decimal(100), [Decimal(130)]).left == 0


def test_a_concession_is_cut_into_years_and_the_last_one_is_shorter() -> None:
    years = years_of(date(2024, 2, 29), date(2027, 5, 31))
    assert [(one.number, one.starts_on, one.ends_on) for one in years] == [
        (1, date(2024, 2, 29), date(2025, 2, 28)),
        (2, date(2025, 3, 1), date(2026, 2, 28)),
        (3, date(2026, 3, 1), date(2027, 2, 28)),
        (4, date(2027, 3, 1), date(2027, 5, 31)),
    ]
    assert years_of(date(2026, 1, 2), date(2026, 1, 1)) == ()


@given(DAYS, st.integers(0, 9000))
def test_years_follow_each_other_and_cover_every_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    years = years_of(first, last)
    assert (years[0].starts_on, years[-1].ends_on) == (first, last)
    assert all(b.starts_on == a.ends_on + timedelta(days=1) for a, b in pairwise(years))
    assert all((one.ends_on - one.starts_on).days <= 365 for one in years)


def test_what_is_decided_or_firm_is_not_decided_again() -> None:
    check_decision(PhaseKind.RENEWAL, PhaseState.PLANNED, PhaseState.NOT_MADE)
    with pytest.raises(WrongState, match="déjà décidée : non reconduite"):
        check_decision(PhaseKind.RENEWAL, PhaseState.NOT_MADE, PhaseState.CONFIRMED)
    with pytest.raises(WrongState, match="ferme dès la signature"):
        check_decision(PhaseKind.YEAR, PhaseState.CONFIRMED, PhaseState.NOT_MADE)


def test_rank_is_one_more_than_that_of_the_firm_above() -> None:
    heads = {"b": "titulaire", "c": "b", "d": "c", "x": None}
    assert [rank_of(one, heads) for one in ("b", "c", "d", "x")] == [1, 2, 3, 1]
    assert rank_of("p", {"p": "q", "q": "p"}) == 2  # a loop ends the count
    assert makes_loop("b", "d", heads)
    assert not makes_loop("d", "b", heads)


@pytest.mark.parametrize(
    ("shares", "refused"),
    [
        (["0.6", "0.4"], False),
        (["0.6", "0.4001"], True),
        (["0"], True),
        (["1.1"], True),
        ([None, "1"], False),
    ],
)
def test_shares_make_at_most_the_whole(shares: list[str | None], refused: bool) -> None:
    assert bool(wrong_shares([Decimal(one) if one else None for one in shares])) is refused


@given(SHARES)
def test_shares_hold_exactly_when_their_sum_does(shares: list[Decimal]) -> None:
    assert (wrong_shares(shares) == "") is (sum(shares) <= 1)


def test_quartiers_of_both_generations_are_read_and_the_others_named() -> None:
    read = parse_qpv_codes("qn00101m, QN02A01M\nQP059001 QP059001; QN001 75013")
    assert read.codes == ("QN00101M", "QN02A01M", "QP059001")
    assert read.wrong == ("QN001", "75013")


def test_amounts_pasted_from_a_spreadsheet() -> None:
    text = (
        "Date\tFacture\tMontant HT\tEntreprise\n"
        "03/03/2026\tF-12\t12 500,50 € HT\tbati ouche\n2026-04-01\tAV-1\t-300\n"
    )
    read = parse_amounts(text, kind=AmountKind.INVOICED, firms=FIRMS)
    assert read.errors == ()
    assert [(row.on, row.reference, row.amount_ht, row.firm) for row in read.rows] == [
        (date(2026, 3, 3), "F-12", Decimal("12500.50"), "b"),
        (date(2026, 4, 1), "AV-1", Decimal(-300), ""),
    ]


def test_each_wrong_cell_is_named() -> None:
    text = "hier;F-1;12\n01/02/2026;;12\n01/02/2026;F-2;zéro\n01/02/2026;F-3;0\n01/02/2026;F-4;5;Inconnue\n"
    read = parse_amounts(text, kind=AmountKind.INVOICED, firms=FIRMS)
    assert read.rows == ()
    assert [(one.line, one.column) for one in read.errors] == [
        (1, "date"), (2, "référence"), (3, "montant"), (4, "montant"), (5, "entreprise"),
    ]  # fmt: skip
    assert "n'est pas titulaire" in read.errors[-1].sentence


@given(st.text(max_size=200))
def test_no_paste_raises(text: str) -> None:
    parse_amounts(text, kind=AmountKind.ORDERED, firms=FIRMS)


def test_a_credit_note_is_an_invoice_and_never_an_order() -> None:
    assert wrong_amount(AmountKind.INVOICED, Decimal("-0.01")) == ""
    assert wrong_amount(AmountKind.ORDERED, Decimal("-0.01")) != ""
    assert wrong_amount(AmountKind.INVOICED, Decimal(0)) != ""


def test_an_invoice_is_neither_before_the_contract_nor_to_come() -> None:
    first, today = date(2026, 3, 1), date(2026, 11, 20)
    said = [wrong_amount_day(day, today=today, first_day=first) for day in
            (first, first - timedelta(days=1), today, today + timedelta(days=1))]  # fmt: skip
    assert [bool(one) for one in said] == [False, True, False, True]
    assert wrong_amount_day(date(1999, 1, 1), today=today, first_day=None) == ""


def test_what_each_move_asks_for() -> None:
    s, fault = ContractState, TerminationReason.FAULT
    assert missing_to_move(s.NOTIFIED, s.RUNNING, reason="", motive=None) == {}
    assert set(missing_to_move(s.RUNNING, s.TERMINATED, reason="", motive=None)) == {"reason", "motive"}
    assert missing_to_move(s.RUNNING, s.TERMINATED, reason="x", motive=fault) == {}
    assert set(missing_to_move(s.RUNNING, s.SUSPENDED, reason="x", motive=fault)) == {"motive"}
    assert missing_to_move(s.CLOSED, s.SETTLED, reason="", motive=None) == {
        "reason": "Donnez le motif : le marché est rouvert."
    }
    assert set(missing_to_move(s.SETTLED, s.RUNNING, reason="", motive=None)) == {"reason"}
    assert missing_to_move(s.SUSPENDED, s.RUNNING, reason="", motive=None) == {}
