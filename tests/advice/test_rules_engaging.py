"""From a study to its contract: states gone through, and the engagement that each calculation makes."""

from decimal import Decimal
from typing import Any

import pytest

from clausette.advice.enums import Method, StudyState
from clausette.advice.rules import (
    Ask,
    Kept,
    Limits,
    calibrate,
    check_awardable,
    check_followable,
    kept_of,
    kind_of,
    planned,
    steps_between,
)
from clausette.commitments.enums import AmountBase, CommitmentKind
from clausette.commitments.rules import due_under
from clausette.kernel.errors import WrongState
from clausette.procurement.enums import ContractKind, ContractState, LegalDeviceKind
from clausette.procurement.rules import allowed

C, S = ContractState, StudyState
EXECUTION = LegalDeviceKind.EXECUTION


def kept(method: Method, **figures: Any) -> Kept:
    """A calculation as the operation keeps it: its figures as text."""
    exact: dict[str, Any] = {name: Decimal(str(value)) for name, value in figures.items()}
    found = calibrate(Ask(method, **exact), Limits())
    result = {"per_100k": str(found.per_100k)} if found.per_100k else {}
    return kept_of(method, {name: str(value) for name, value in figures.items()}, found.hours, result)


LOT = {"amount": 1_000_000, "labour_share": "0.5", "insertion_rate": "0.05", "hourly_cost": 30}


def test_the_formula_kept_is_the_one_that_will_be_due() -> None:
    one = kept(Method.LOT, **LOT)
    assert one.hours == 833
    found = planned(one, Decimal(833), EXECUTION)
    assert found is not None
    assert (found.kind, found.terms.amount_ht, found.terms.rate) == (
        CommitmentKind.COMPUTED, Decimal(1_000_000), Decimal("0.05"),
    )  # fmt: skip
    assert due_under(found.kind, found.terms) == Decimal(833)


def test_hours_typed_otherwise_are_fixed_hours() -> None:
    found = planned(kept(Method.LOT, **LOT), Decimal(900), EXECUTION)
    assert found is not None
    assert (found.kind, found.terms.minimum_hours) == (CommitmentKind.FIXED, Decimal(900))
    alone = planned(None, Decimal(70), EXECUTION)
    assert alone is not None
    assert alone.kind == CommitmentKind.FIXED


def test_hours_by_the_amount_follow_the_orders() -> None:
    one = kept(Method.PER_100K, labour_share="0.5", insertion_rate="0.05", hourly_cost=35)
    found = planned(one, None, EXECUTION)
    assert found is not None
    assert (found.kind, found.terms.amount_base) == (CommitmentKind.PER_AMOUNT, AmountBase.ORDERED)
    assert found.terms.euros_per_hour is not None
    assert abs(Decimal(100_000) / found.terms.euros_per_hour - Decimal("71.4")) < Decimal("0.01")


def test_a_reserved_contract_without_hours_is_followed_and_a_lot_without_clause_owes_nothing() -> None:
    reserved = planned(None, None, LegalDeviceKind.RESERVED_IAE)
    assert reserved is not None
    assert reserved.kind == CommitmentKind.FOLLOWED
    assert planned(None, None, EXECUTION) is None


def test_the_contract_goes_through_every_state_of_its_road() -> None:
    road = steps_between(C.CLAUSE_PROPOSED, C.PUBLISHED)
    assert road == (C.IN_TENDER_DOCUMENTS, C.PUBLISHED)
    at = C.CLAUSE_PROPOSED
    for step in road:
        assert allowed(at, step)
        at = step
    assert steps_between(C.NOTIFIED, C.PUBLISHED) == ()
    assert steps_between(C.PUBLISHED, C.FRUITLESS) == (C.FRUITLESS,)
    assert steps_between(C.RUNNING, C.ABANDONED) == ()


@pytest.mark.parametrize("state", list(S))
def test_only_what_the_buyer_accepted_becomes_a_contract_and_once(state: StudyState) -> None:
    if state in (S.ACCEPTED, S.IN_TENDER, S.PUBLISHED):
        check_followable(state, has_contract=False)
        check_awardable(state, has_contract=True)
    else:
        with pytest.raises(WrongState):
            check_followable(state, has_contract=False)
        with pytest.raises(WrongState):
            check_awardable(state, has_contract=True)
    with pytest.raises(WrongState):
        check_followable(state, has_contract=True)
    with pytest.raises(WrongState):
        check_awardable(state, has_contract=False)


def test_the_form_of_the_contract() -> None:
    assert kind_of("local", concession=False) == ContractKind.PUBLIC_CONTRACT
    assert kind_of("private", concession=False) == ContractKind.PRIVATE
    assert kind_of("local", concession=True) == ContractKind.CONCESSION
