"""Work contracts: dates, overlap, counted contracts, splits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.placements.enums import Modality
from clausette.placements.enums import WorkContractKind as K
from clausette.placements.errors import AlreadyEmployed, DatesImpossible, SplitImpossible
from clausette.placements.rules import (
    Period,
    WorkContractFacts,
    check_already_employed,
    check_dates,
    check_shares,
    check_split,
    counted_contracts,
    host_is_employer,
    last_day,
    overlap,
)

START = date(2026, 3, 2)


def missions(*spans: tuple[int, int | None], **same: int) -> list[WorkContractFacts]:
    """Missions given as (first day, last day) counted from START."""
    identity = {"person": 1, "employer": 1, "contract": 1, **same}
    return [
        WorkContractFacts(
            key=rank,
            period=Period(START + timedelta(days=a), None if b is None else START + timedelta(days=b)),
            **identity,
        )
        for rank, (a, b) in enumerate(spans)
    ]


def test_twenty_weekly_missions_are_one_counted_contract() -> None:
    weeks = missions(*[(7 * week, 7 * week + 4) for week in range(20)])
    assert counted_contracts(weeks) == [tuple(range(20))]


def test_gap_of_fifteen_days_then_sixteen() -> None:
    assert counted_contracts(missions((0, 4), (20, 24))) == [(0, 1)]
    assert counted_contracts(missions((0, 4), (21, 25))) == [(0,), (1,)]
    assert counted_contracts(missions((0, 4), (5, 9)), gap_days=0) == [(0, 1)]
    assert counted_contracts(missions((0, 4), (6, 9)), gap_days=0) == [(0,), (1,)]


def test_a_long_mission_covers_the_short_ones() -> None:
    assert counted_contracts(missions((0, 100), (5, 9), (110, 120))) == [(0, 1, 2)]
    assert counted_contracts(missions((0, None), (500, 510))) == [(0, 1)]


@pytest.mark.parametrize("other", [{"person": 2}, {"employer": 2}, {"contract": 2}])
def test_another_identity_opens_a_group(other: dict[str, int]) -> None:
    mixed = missions((0, 4)) + missions((5, 9), **other)
    assert len(counted_contracts(mixed)) == 2


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 40), st.integers(1, 2), st.integers(1, 2)), max_size=15
    )
)
def test_each_contract_is_counted_once_whatever_the_order(
    spans: list[tuple[int, int, int, int]],
) -> None:
    facts = [
        WorkContractFacts(
            key, person, employer, 1, Period(START + timedelta(days=a), START + timedelta(days=a + length))
        )
        for key, (a, length, person, employer) in enumerate(spans)
    ]
    groups = counted_contracts(facts)
    assert sorted(key for group in groups for key in group) == list(range(len(spans)))
    assert counted_contracts(list(reversed(facts))) == groups
    assert len(counted_contracts(facts, gap_days=400)) == len({(f.person, f.employer) for f in facts})


@pytest.mark.parametrize(
    ("kind", "ends_on", "broken_on", "field"),
    [
        (K.CDD, None, None, "ends_on"),
        (K.TEMP_MISSION, None, None, "ends_on"),
        (K.CDD, date(2026, 3, 1), None, "ends_on"),
        (K.CDD, date(2026, 6, 1), date(2026, 3, 1), "broken_on"),
        (K.CDD, date(2026, 6, 1), date(2026, 6, 2), "broken_on"),
    ],
)
def test_dates_refused(kind: K, ends_on: date | None, broken_on: date | None, field: str) -> None:
    with pytest.raises(DatesImpossible) as refusal:
        check_dates(kind, START, ends_on, broken_on)
    assert refusal.value.field == field


def test_dates_accepted() -> None:
    check_dates(K.CDI, START, None)
    check_dates(K.CDI, START, None, START)
    check_dates(K.CDD, START, START, START)
    assert last_day(date(2026, 6, 1), date(2026, 4, 1)) == date(2026, 4, 1)
    assert last_day(date(2026, 6, 1), None) == date(2026, 6, 1)
    assert last_day(None, None) is None


def test_period_holds_its_ends() -> None:
    period = Period(START, date(2026, 3, 10))
    assert period.holds(START)
    assert period.holds(date(2026, 3, 10))
    assert not period.holds(date(2026, 3, 11))
    assert not period.holds(date(2026, 3, 1))
    assert Period(START, None).holds(date(2099, 1, 1))


PERIODS = st.builds(
    lambda a, length: Period(
        START + timedelta(days=a), None if length is None else START + timedelta(days=a + length)
    ),
    st.integers(0, 60),
    st.none() | st.integers(0, 30),
)


@given(PERIODS, PERIODS)
def test_overlap_is_sharing_a_day(one: Period, other: Period) -> None:
    shared = any(one.holds(d) and other.holds(d) for d in (START + timedelta(days=n) for n in range(100)))
    assert overlap(one, other) is overlap(other, one) is shared


def test_shares() -> None:
    check_shares([Decimal("0.5"), Decimal("0.5")])
    check_shares([Decimal(1)])
    with pytest.raises(SplitImpossible, match="99,99"):
        check_shares([Decimal("0.3333"), Decimal("0.3333"), Decimal("0.3333")])
    with pytest.raises(SplitImpossible, match="supérieure à 0"):
        check_shares([Decimal("1.5"), Decimal("-0.5")])
    with pytest.raises(SplitImpossible):
        check_shares([])


def test_split_of_a_month() -> None:
    assert check_split(Decimal(100), [Decimal(60), Decimal(40)]) == ""
    assert check_split(Decimal(100), [Decimal(60), Decimal(0)]) == ""
    assert (
        check_split(Decimal(100), [Decimal(60), Decimal("40.01")])
        == "Les parts font 100,01 h pour 100 h travaillées."
    )
    assert check_split(Decimal(100), [Decimal(-1)]) == "Une part ne peut pas être négative."


def test_already_employed() -> None:
    check_already_employed(None, START, "")
    check_already_employed(START, START, "")
    check_already_employed(date(2026, 3, 1), START, "reprise du salarié")
    with pytest.raises(AlreadyEmployed, match="1er\u00a0mars 2026"):
        check_already_employed(date(2026, 3, 1), START, "  ")


def test_who_lends() -> None:
    lent = {modality for modality in Modality if not host_is_employer(modality)}
    assert lent == {Modality.ETTI, Modality.AI, Modality.GEIQ, Modality.EATT, Modality.ETT}
