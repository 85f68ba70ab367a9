"""Life of a contract, obligation, reconciliation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausette.kernel.errors import WrongState
from clausette.procurement.enums import ContractKind as K
from clausette.procurement.enums import ContractNature as N
from clausette.procurement.enums import ContractState as S
from clausette.procurement.rules import (
    TRANSITIONS,
    Candidate,
    MatchKind,
    Obligation,
    Record,
    allowed,
    check_transition,
    next_states,
    normal_number,
    reconcile,
    social_obligation,
)
from clausette.reference.enums import BuyerSector
from clausette.reference.facts.thresholds import THRESHOLDS


def test_the_table_is_whole_and_every_state_is_reached() -> None:
    assert set(TRANSITIONS) == set(S)
    reached, frontier = {S.TO_STUDY}, [S.TO_STUDY]
    while frontier:
        for state in TRANSITIONS[frontier.pop()] - reached:
            reached.add(state)
            frontier.append(state)
    assert reached == set(S)
    assert {state for state in S if not TRANSITIONS[state]} == {S.FRUITLESS, S.ABANDONED}
    assert all(state not in TRANSITIONS[state] for state in S)


@pytest.mark.parametrize(
    ("current", "wanted", "ok"),
    [
        (S.TO_STUDY, S.CLAUSE_PROPOSED, True),
        (S.TO_STUDY, S.NOTIFIED, True),
        (S.PUBLISHED, S.FRUITLESS, True),
        (S.AWARDED, S.FRUITLESS, False),
        (S.NOTIFIED, S.RUNNING, True),
        (S.NOTIFIED, S.SETTLED, False),
        (S.RUNNING, S.NOTIFIED, False),
        (S.RUNNING, S.CLOSED, False),
        (S.SETTLED, S.CLOSED, True),
        (S.SETTLED, S.RUNNING, True),
        (S.CLOSED, S.RUNNING, False),
        (S.TERMINATED, S.RUNNING, False),
    ],
)
def test_transitions(current: S, wanted: S, ok: bool) -> None:
    assert allowed(current, wanted) is ok
    if ok:
        check_transition(current, wanted)
    else:
        with pytest.raises(WrongState, match=f"« {current.label} » ne peut pas passer à « {wanted.label} »"):
            check_transition(current, wanted)


def test_next_states_in_order() -> None:
    assert next_states(S.SETTLED) == [S.RUNNING, S.CLOSED]
    assert next_states(S.CLOSED) == [S.SETTLED]
    assert next_states(S.FRUITLESS) == []


def obligation(
    amount: str | None = "5404000",
    on: date | None = date(2026, 8, 21),
    kind: K = K.PUBLIC_CONTRACT,
    nature: N = N.WORKS,
    sector: BuyerSector = BuyerSector.LOCAL,
) -> Obligation:
    return social_obligation(
        THRESHOLDS,
        kind=kind,
        nature=nature,
        sector=sector,
        estimated_ht=None if amount is None else Decimal(amount),
        consultation_on=on,
    )


def test_pivot_and_threshold() -> None:
    assert obligation().answer == "required"
    assert obligation().at_or_above_threshold is True
    assert obligation("5403999.99").answer == "optional"
    assert obligation("5403999.99").at_or_above_threshold is False
    assert obligation(on=date(2026, 8, 20)).answer == "optional"
    assert obligation("216000", nature=N.SERVICES).answer == "required"
    assert obligation("215999.99", nature=N.SUPPLIES).answer == "optional"
    assert obligation("140000", nature=N.SERVICES, sector=BuyerSector.STATE).answer == "required"
    assert obligation("216000", nature=N.SERVICES, kind=K.CONCESSION).threshold == 5_404_000


def test_what_is_not_known_is_asked() -> None:
    assert obligation(None).answer == "unknown"
    assert "5 404 000 €" in obligation(None).sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert obligation(on=None).answer == "unknown"
    assert obligation(on=None).at_or_above_threshold is None
    assert obligation(on=date(2030, 1, 1)).answer == "unknown"


def test_not_concerned() -> None:
    for kind in (K.PRIVATE, K.CHARTER, K.ACI_AGREEMENT):
        assert obligation(kind=kind).answer == "not_concerned"
    assert obligation(sector=BuyerSector.DEFENCE).answer == "optional"


HELD = Record(
    "21750001600019",
    "2026-007",
    frozenset({"55204599900869"}),
    "45211000",
    Decimal(100_000),
    date(2026, 3, 1),
)
OFFICIAL = Record(
    "21750001600019",
    "2026 7",
    frozenset({"55204599900869"}),
    "45211000-9",
    Decimal(100_500),
    date(2026, 3, 10),
)


def kind(record: Record, *held: Record) -> tuple[str, tuple[str, ...]]:
    match = reconcile(record, [Candidate(str(rank), one) for rank, one in enumerate(held)])
    return match.kind.value, match.keys


def test_exact_by_buyer_and_number() -> None:
    assert kind(replace(OFFICIAL, number="2026-007", contractor_sirets=frozenset()), HELD) == (
        "exact",
        ("0",),
    )
    assert kind(replace(OFFICIAL, number=" 2026.007 "), replace(HELD, number="X"), HELD) == ("exact", ("1",))


def test_two_with_the_same_number_are_left_to_the_person() -> None:
    assert kind(replace(OFFICIAL, number="2026-007"), HELD, HELD) == ("probable", ("0", "1"))


def test_probable_by_the_rest() -> None:
    assert kind(OFFICIAL, HELD) == ("probable", ("0",))
    assert kind(OFFICIAL, replace(HELD, number="", cpv="")) == ("probable", ("0",))
    assert kind(OFFICIAL, replace(HELD, number="", cpv="45000000")) == ("probable", ("0",))


def test_same_number_of_another_office_of_the_buyer() -> None:
    other = replace(HELD, buyer_siret="21750001600027", contractor_sirets=frozenset())
    assert kind(replace(OFFICIAL, number="2026-007"), other) == ("probable", ("0",))


@pytest.mark.parametrize(
    "changes",
    [
        {"buyer_siret": "73282932000074"},
        {"contractor_sirets": frozenset({"73282932000074"})},
        {"contractor_sirets": frozenset()},
        {"cpv": "90910000"},
        {"amount_ht": Decimal(98_000)},
        {"notified_on": date(2026, 3, 26)},
        {"cpv": "", "amount_ht": None},
    ],
)
def test_none_when_something_is_contrary_or_too_little_is_known(changes: dict[str, object]) -> None:
    assert kind(OFFICIAL, replace(HELD, **changes)) == ("none", ())  # type: ignore[arg-type]  # a mapping of fields


@pytest.mark.parametrize(
    "changes",
    [
        {"notified_on": date(2026, 3, 25)},
        {"notified_on": None},
        {"amount_ht": Decimal(99495)},
        {"amount_ht": None},
    ],
)
def test_tolerances(changes: dict[str, object]) -> None:
    assert kind(OFFICIAL, replace(HELD, **changes))[0] == "probable"  # type: ignore[arg-type]  # a mapping of fields


def test_no_candidate_and_no_number() -> None:
    assert kind(OFFICIAL) == ("none", ())
    nothing = Record("21750001600019")
    assert kind(nothing, Record("21750001600019")) == ("none", ())
    assert reconcile(OFFICIAL, []).kind is MatchKind.NONE


def test_normal_number() -> None:
    assert normal_number(" 2026-007/é ") == "2026007E"
    assert normal_number("007") == "7"
    assert normal_number("000") == "000"
