"""What cannot exist of balances taken over, hours without names and reserves, whoever writes it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.models import CollectiveHours, HoursLine, OpeningBalance, OpeningBalanceYear
from tests.hats import TODAY, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, commitment, contract, made, world
from tests.hours.test_constraints import line, refusal, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def document(w: World) -> Any:
    """A stored file of the structure."""
    return made(
        "files.StoredFile", owner_org_id=w.pilot.organisation_id, name="reprise.pdf", size=1, sha256="0" * 64,
        content_type="application/pdf", deposited_by_id=w.pilot.account_id,
    )  # fmt: skip


def opening(w: World, **values: Any) -> OpeningBalance:
    defaults = {
        "contract": w.contract, "commitment": w.commitment, "as_of": date(2026, 6, 30), "hours": Decimal(420),
        "document": document(w), "entered_by_id": w.pilot.account_id,
    }  # fmt: skip
    return OpeningBalance.objects.create(**defaults | values)


def year(w: World, of: OpeningBalance, number: int, hours: int) -> OpeningBalanceYear:
    return OpeningBalanceYear.objects.create(
        balance=of, contract_id=of.contract_id, commitment_id=of.commitment_id, year=number, hours=Decimal(hours)
    )


def collective(w: World, **values: Any) -> CollectiveHours:
    own = values.pop("of", None) or statement(w)
    defaults = {
        "statement": own, "contract_id": own.contract_id, "declarant_id": own.declarant_id, "month": own.month,
        "commitment": w.commitment, "hours": Decimal(60), "people": 4, "document": document(w),
    }  # fmt: skip
    return CollectiveHours.objects.create(**defaults | values)


def elsewhere(w: World) -> Any:
    return commitment(contract(w.pilot, w.buyer, "Autre"), w.firm)


BROKEN: list[tuple[str, Callable[[World], object], str]] = [
    ("hours_opening_once", lambda w: (opening(w), opening(w)), "déjà une reprise"),
    ("hours_opening_hours", lambda w: opening(w, hours=Decimal(0)), "supérieures à zéro"),
    ("hours_opening_withdrawn", lambda w: opening(w, withdrawn_at=noon(TODAY)), "sa date et son motif"),
    (
        "hours_openingbalance_commitment_id_same_scope",
        lambda w: opening(w, commitment=elsewhere(w)),
        "pas de ce marché",
    ),
    (
        "hours_openingyear_within",
        lambda w: (lambda o: (year(w, o, 2025, 300), year(w, o, 2026, 121)))(opening(w)),
        "dépasse les heures de la reprise",
    ),
    ("hours_openingyear_within", lambda w: year(w, opening(w), 2027, 10), "ou sa date"),
    ("hours_openingyear_once", lambda w: (lambda o: (year(w, o, 2025, 1), year(w, o, 2025, 1)))(opening(w)), "déjà"),
    ("hours_opening_stays", lambda w: OpeningBalance.objects.filter(pk=opening(w).pk).update(hours=1), "retirez-la"),
    ("hours_collective_once", lambda w: (lambda s: (collective(w, of=s), collective(w, of=s)))(statement(w)), "déjà"),
    ("hours_collective_hours", lambda w: collective(w, hours=Decimal(0)), "supérieures à zéro"),
    ("hours_collective_people", lambda w: collective(w, people=0), "une au moins"),
    ("hours_collective_state", lambda w: collective(w, state="reserved"), "retenues ou ne le sont pas"),
    ("hours_collectivehours_statement_id_same_scope", lambda w: collective(w, month=SEPT), "même marché"),
    (
        "hours_collectivehours_commitment_id_same_scope",
        lambda w: collective(w, commitment=elsewhere(w)),
        "pas de ce marché",
    ),
    (
        "hours_line_validated_stays",
        lambda w: CollectiveHours.objects.filter(pk=collective(w, state="validated").pk).update(people=5),
        "ne change plus",
    ),
    ("hours_line_reserve", lambda w: line(w, state="reserved"), "son motif et sa date"),
    ("hours_line_reserve", lambda w: line(w, reserved_until=TODAY), "son motif et sa date"),
    (
        "hours_line_act",
        lambda w: line(w, worked_contract=contract(w.pilot, w.buyer, "Autre")),
        "sauf acte de globalisation",
    ),
]


@pytest.mark.parametrize(
    ("name", "write", "words"), BROKEN, ids=[f"{n}-{name}" for n, (name, _, _) in enumerate(BROKEN)]
)
def test_refused(w: World, name: str, write: Callable[[World], object], words: str) -> None:
    broken, sentence = refusal(lambda: write(w))
    assert broken == name
    assert words in sentence


def test_one_balance_follows_another_that_was_withdrawn(w: World) -> None:
    with as_owner():
        opening(w, withdrawn_at=noon(TODAY), withdrawn_reason="Saisie deux fois")
        assert opening(w).pk


def test_a_line_says_where_it_was_worked_and_who_reports_it(w: World) -> None:
    with as_owner():
        held = HoursLine.objects.get(pk=line(w).pk)
        whole = CollectiveHours.objects.get(pk=collective(w, of=statement(w, month=SEPT)).pk)
    assert held.worked_contract_id == w.contract.pk
    assert held.reporting_org_id == whole.reporting_org_id == w.pilot.organisation_id


def test_a_reserve_is_lifted_or_its_hours_are_not_retained(w: World) -> None:
    reserve = {"state": "reserved", "reserved_until": TODAY, "reserve_reason": "Attestation RSA attendue"}
    with as_owner():
        held = line(w, **reserve)
        rows = HoursLine.objects.filter(pk=held.pk)
    broken, sentence = refusal(lambda: rows.update(hours=Decimal(1), state="validated"))
    assert broken == "hours_line_reserved_settles"
    assert sentence.startswith("Des heures retenues sous réserve ne changent plus")
    with as_owner():
        assert rows.update(state="validated") == 1


def test_the_month_of_a_reserved_line_counts_for_its_total(w: World) -> None:
    broken, _ = refusal(
        lambda: line(w, state="reserved", reserved_until=OCT, reserve_reason="x", hours=Decimal("120.01"))
    )
    assert broken == "hours_line_within_worked"
