"""Which firm of a group did an hour, what each owes, what the others would owe."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.rules import MemberDue, member_dues, taken_over
from clausette.hours.rules.members import Stay, host_in, member_of

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
SETS = ("1", "0.5 0.5", "0.6 0.4", "0.3333 0.3333 0.3334", "0.25 0.25 0.25 0.25", "0.01 0.99", "0.2 0.3", "0.9 0.0999")
SHARES = st.sampled_from([{n: Decimal(one) for n, one in enumerate(said.split())} for said in SETS])
HOURS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("stays", "host"),
    [
        ((), None),
        ((Stay(1, JUNE, None),), 1),
        ((Stay(1, JUNE, date(2026, 6, 20)), Stay(2, date(2026, 6, 21), None)), 1),
        ((Stay(1, JUNE, date(2026, 6, 15)), Stay(2, date(2026, 6, 16), None)), 2),  # 15 days each: the latest
        ((Stay(1, date(2026, 1, 1), date(2026, 3, 1)), Stay(2, JULY, None)), 1),  # outside: the last one begun
        ((Stay(2, JULY, None),), 2),
    ],
)
def test_the_host_of_a_month_has_most_of_its_days(stays: tuple[Stay, ...], host: int | None) -> None:
    assert host_in(JUNE, stays) == host


def test_a_sub_contractor_of_any_rank_works_for_a_member_and_a_ring_ends() -> None:
    heads = {30: 20, 20: 10, 50: 60, 60: 50}
    assert [member_of(firm, heads, {10, 11}) for firm in (10, 20, 30, 11, 40, 50)] == [10, 10, 10, 11, None, None]


@given(due=HOURS, shares=SHARES)
def test_shares_of_the_whole_make_the_hours_due(due: Decimal, shares: dict[int, Decimal]) -> None:
    whole = sum(shares.values(), Decimal(0))
    rows = member_dues(due, shares, {})
    if whole == 1:
        assert sum((row.due for row in rows), Decimal(0)) == due
    assert all(row.due >= 0 for row in rows)


def test_a_firm_without_share_is_told_after_with_its_hours() -> None:
    rows = member_dues(Decimal(100), {1: Decimal("0.6"), 2: Decimal("0.4")}, {2: Decimal(50), 3: Decimal(7)})
    assert rows == (
        MemberDue(1, Decimal("0.6"), Decimal("60.00"), Decimal(0)),
        MemberDue(2, Decimal("0.4"), Decimal("40.00"), Decimal(50)),
        MemberDue(3, None, Decimal(0), Decimal(7)),
    )
    assert [row.left for row in rows] == [Decimal("60.00"), 0, 0]


def test_the_others_take_over_what_is_left_in_proportion_of_their_shares() -> None:
    shares = {1: Decimal("0.5"), 2: Decimal("0.3"), 3: Decimal("0.2")}
    rows = {row.firm: row for row in member_dues(Decimal(200), shares, {1: Decimal(49), 2: Decimal(60)})}
    assert taken_over(1, rows) == {2: Decimal("30.60"), 3: Decimal("20.40")}
    assert taken_over(2, rows) == {}  # it did its share
    alone = {1: rows[1]}
    assert taken_over(1, alone) == {}


@given(due=HOURS, shares=SHARES)
def test_nothing_is_lost_when_the_others_take_over(due: Decimal, shares: dict[int, Decimal]) -> None:
    rows = {row.firm: row for row in member_dues(due, shares, {})}
    found = taken_over(0, rows)
    assert sum(found.values(), Decimal(0)) == (rows[0].left if len(rows) > 1 else 0)
    assert all(hours >= 0 for hours in found.values())
