"""A later file changes a contract followed: kept once, read by its structure, dealt with, journalled."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.imports.enums import ChangeKind
from clausette.imports.models import OfficialChange
from clausette.imports.operations import apply_batch, close_change
from clausette.imports.queries import ChangedContract, changes_of, waiting_changes
from clausette.journal.models import Event
from clausette.kernel import clock
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.models import Contract, ContractModification, ContractParty, Subcontract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import FIRM, OTHER, act, act_changed, avenant, firms, record, siret, take
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def publish(people: Cast, *records: Any) -> UUID:
    """Take a file in and write what needs no decision."""
    batch = take(people.pilot, *records)
    with acting(people.pilot) as actor:
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)
    return batch


def waiting(people: Cast, who: str = "pilot") -> tuple[ChangedContract, ...]:
    with acting(getattr(people, who)) as actor:
        return waiting_changes(actor=actor)


def test_a_contract_first_read_changes_nothing(people: Cast) -> None:
    publish(people, record(modifications=[avenant(1)], actesSousTraitance=[act(1)]))
    assert waiting(people) == ()


def test_a_later_file_makes_one_line_for_the_contract(people: Cast) -> None:
    publish(people, record())
    batch = publish(people, record(modifications=[avenant(1, dureeMois=24)], actesSousTraitance=[act(1)]))
    (found,) = waiting(people)
    assert [(one.kind, one.batch_uid, one.seen_on) for one in found.changes] == [
        (ChangeKind.AMOUNT, batch, TODAY),
        (ChangeKind.DURATION, batch, TODAY),
        (ChangeKind.SUBCONTRACTOR, batch, TODAY),
    ]
    assert found.since == TODAY
    with as_owner():
        made = Contract.objects.get()
        assert (found.uid, made.amount_ht) == (made.uid, Decimal(1_000_000)), "the contract stays as signed"
        kept = ContractModification.objects.get()
        assert (kept.amount_ht, kept.duration_months) == (Decimal("1048000.25"), 24)
        assert kept.published_on == date(2026, 9, 30)


def test_a_typed_contract_read_for_the_first_time_learns_its_avenants(people: Cast) -> None:
    contract(people, number="2026-01")
    publish(people, record(modifications=[avenant(1)], montant=950_000))
    (found,) = waiting(people)
    assert [one.kind for one in found.changes] == [ChangeKind.AMOUNT]
    assert found.changes[0].source == "avenant 1, notifié le 10/09/2026"


def test_the_same_things_again_are_told_once(people: Cast) -> None:
    publish(people, record())
    publish(people, record(montant=1_200_000))
    publish(people, record(montant=1_200_000, objet="Écrit autrement"))
    (found,) = waiting(people)
    assert len(found.changes) == 1


def test_a_titulaire_brought_by_an_avenant_is_told_and_asked(people: Cast) -> None:
    publish(people, record())
    batch = take(people.pilot, record(modifications=[avenant(1, montant=None, titulaires=firms(OTHER))]))
    with acting(people.pilot) as actor:
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)
    (found,) = waiting(people)
    assert [(one.kind, one.before) for one in found.changes] == [(ChangeKind.AWARD, FIRM)]
    with as_owner():
        assert ContractModification.objects.get().contractors == "SIRET 380 129 866 46850"
        assert not ContractParty.objects.filter(organisation__siret=OTHER).exists(), "not taken: not asked"


def test_subcontracts_and_their_changes_are_kept_once(people: Cast) -> None:
    publish(people, record())
    first = record(actesSousTraitance=[act(1)])
    later = record(actesSousTraitance=[act(1)], modificationsActesSousTraitance=[act_changed(1)])
    publish(people, first)
    publish(people, later)
    publish(people, {**later, "objet": "Écrit autrement"})
    with as_owner():
        rows = Subcontract.objects.order_by("revises").values_list("number", "revises", "amount_ht", "firm__siret")
        assert list(rows) == [(1, False, Decimal("84500.50"), OTHER), (1, True, Decimal(90000), OTHER)]
        party = ContractParty.objects.get(organisation__siret=OTHER)
        assert (party.valid_from, party.head.siret if party.head else "") == (date(2026, 4, 20), FIRM)
    assert [one.kind for one in waiting(people)[0].changes] == [ChangeKind.SUBCONTRACTOR]


def test_a_firm_declared_as_its_own_subcontractor_does_not_stop_the_record(people: Cast) -> None:
    publish(people, record(actesSousTraitance=[act(1, FIRM)]))
    with as_owner():
        assert Subcontract.objects.get().firm.siret == FIRM


def test_dealt_with_it_waits_no_more_and_is_journalled(people: Cast) -> None:
    publish(people, record())
    publish(people, record(modifications=[avenant(1, dureeMois=24)]))
    (found,) = waiting(people)
    first, second = found.changes
    with acting(people.pilot) as actor:
        uid = close_change(actor=actor, uid=first.uid, on=TODAY, note=" Version 2   ajoutée ")
        assert uid == found.uid
        key = Contract.objects.get(uid=uid).pk
        assert [one.uid for one in changes_of(actor=actor, contract_id=key)] == [second.uid]
        with pytest.raises(WrongState, match="déjà traité, le 16\u00a0novembre 2026"):
            close_change(actor=actor, uid=first.uid, on=TODAY)
        with pytest.raises(Invalid):
            close_change(actor=actor, uid=second.uid, on=TODAY, note="x" * 301)
    with as_owner():
        row = OfficialChange.objects.get(uid=first.uid)
        assert (row.dealt_on, row.dealt_by_id, row.dealt_note) == (
            TODAY, people.pilot.account_id, "Version 2 ajoutée",
        )  # fmt: skip
        event = Event.objects.get(verb="imports.change.closed")
        assert (event.contract_id, event.reason) == (key, "Version 2 ajoutée")


def test_nobody_else_reads_or_closes_it(people: Cast) -> None:
    publish(people, record())
    publish(people, record(modifications=[avenant(1)]))
    uid = waiting(people)[0].changes[0].uid
    for who, refused in (("stranger", Absent), ("firm", NotAllowed), ("buyer", NotAllowed)):
        assert waiting(people, who) == ()
        with acting(getattr(people, who)) as actor, pytest.raises(refused):
            close_change(actor=actor, uid=uid, on=TODAY)


def test_many_contracts_are_read_in_one_query(people: Cast, django_assert_num_queries: Any) -> None:
    numbers = [f"N{n}" for n in range(4)]
    publish(people, *(record(number) for number in numbers))
    publish(people, *(record(number, actesSousTraitance=[act(1, siret(7))]) for number in numbers))
    with acting(people.pilot) as actor, django_assert_num_queries(1):
        assert len(waiting_changes(actor=actor)) == 4
