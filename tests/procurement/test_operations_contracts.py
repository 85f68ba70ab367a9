"""Recording, changing and moving a contract: works, refused with its reason, wrong state, journalled."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.enums import ContractState, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, ContractParty, Lot
from clausette.procurement.operations import (
    LotEntry,
    add_lots,
    change_contract,
    create_contract,
    create_operation,
    move_contract,
)
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def _create(actor: Actor, people: Cast, **values: object) -> object:
    given: dict[str, object] = {
        "common_name": "École Pasteur",
        "buyer_uid": people.uid("buyer"),
        "on": TODAY,
        **values,
    }
    return create_contract(actor=actor, **given)  # type: ignore[arg-type]  # values vary by test


def test_only_buyer_and_common_name_are_needed(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="  École   Pasteur ", buyer_uid=people.uid("buyer"), on=TODAY
        )
    with as_owner():
        row = Contract.objects.get(uid=uid)
        roles = set(ContractParty.objects.filter(contract=row).values_list("role", flat=True))
        assert (row.common_name, row.owner_org_id) == ("École Pasteur", people.pilot.organisation_id)
        assert row.sort_key == "ecole pasteur metropole du lys"
        assert roles == {PartyRole.PILOT, PartyRole.BUYER}


def test_a_contract_of_five_lots_is_one_act(people: Cast) -> None:
    with acting(people.pilot) as actor:
        lots = [LotEntry(str(n), f"Lot {n}", Decimal(1000)) for n in range(1, 6)]
        uid = create_contract(
            actor=actor, common_name="Halle", buyer_uid=people.uid("buyer"), lots=lots, on=TODAY
        )
    with as_owner():
        row = Contract.objects.get(uid=uid)
        assert Lot.objects.filter(contract=row).count() == 5
        verbs = set(Event.objects.filter(contract_id=row.pk).values_list("verb", flat=True))
        assert verbs == {"procurement.contract.created"}


def test_a_buyer_does_not_record_a_contract(people: Cast) -> None:
    with acting(people.buyer) as actor, pytest.raises(NotAllowed, match="Seule une structure facilitatrice"):
        _create(actor, people)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"common_name": "  "}, "common_name", "Donnez le nom d'usage du marché."),
        (
            {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)},
            "ends_on",
            "La fin d'exécution précède le début.",
        ),
        ({"amount_ht": Decimal(0)}, "amount_ht", "Le montant HT doit être supérieur à zéro."),
        ({"duration_months": 0}, "duration_months", "La durée est d'au moins un mois."),
        (
            {"consultation_on": date(2026, 3, 2), "notified_on": date(2026, 3, 1)},
            "notified_on",
            "La notification précède la consultation.",
        ),
        ({"lots": [LotEntry("1", "a"), LotEntry("1", "b")]}, "lots", "Le lot 1 existe déjà dans ce marché."),
        (
            {"lots": [LotEntry("1", "a", Decimal(0))]},
            "lots",
            "Lot 1 : le montant doit être supérieur à zéro.",
        ),
    ],
)
def test_bad_details_name_their_field(
    people: Cast, values: dict[str, object], field: str, sentence: str
) -> None:
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid) as refused:
            _create(actor, people, **values)
        assert refused.value.errors == {field: sentence}
    with as_owner():
        assert Contract.objects.count() == 0


def test_the_same_number_of_the_same_buyer_is_the_same_contract(people: Cast) -> None:
    with acting(people.pilot) as actor:
        _create(actor, people, official_id="2025-118")
        with pytest.raises(AlreadyHeld, match="« École Pasteur »") as refused:
            _create(actor, people, common_name="Autre", official_id="2025 118")
        assert refused.value.field == "official_id"


def test_two_structures_may_hold_the_same_contract(people: Cast) -> None:
    for who in (people.pilot, people.stranger):
        with acting(who) as actor:
            _create(actor, people, official_id="2025-118")
    with as_owner():
        assert Contract.objects.count() == 2


def test_change_keeps_what_is_not_given(people: Cast) -> None:
    uid = contract(people, number="2025-118")
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=uid, amount_ht=Decimal(1_000_000), common_name="Gymnase des Lilas")
    with as_owner():
        row = Contract.objects.get(uid=uid)
        event = Event.objects.get(verb="procurement.contract.changed")
        assert (row.official_id, row.amount_ht, row.sort_key[:17]) == (
            "2025-118",
            Decimal(1_000_000),
            "gymnase des lilas",
        )
        assert event.before == {
            "common_name": "Gymnase des Acacias", "amount_ht": None,
            "sort_key": "gymnase des acacias 2025 118 metropole du lys",
        }  # fmt: skip


def test_change_sees_the_dates_already_known(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor, pytest.raises(Invalid, match="précède le début"):
        change_contract(actor=actor, uid=uid, ends_on=date(2026, 2, 1))


@pytest.mark.parametrize("who", ["buyer", "firm"])
def test_only_the_structure_referente_changes(people: Cast, who: str) -> None:
    uid = contract(people)
    with (
        acting(getattr(people, who)) as actor,
        pytest.raises(NotAllowed, match="Seule une structure facilitatrice"),
    ):
        change_contract(actor=actor, uid=uid, title="x")


def test_a_stranger_finds_no_contract(people: Cast) -> None:
    uid = contract(people)
    with acting(people.stranger) as actor:
        with pytest.raises(Absent):
            change_contract(actor=actor, uid=uid, title="x")
        with pytest.raises(Absent):
            move_contract(actor=actor, uid=uid, to=ContractState.SUSPENDED, reason="x", on=TODAY)


def test_moving_keeps_the_day_and_the_reason(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        move_contract(
            actor=actor, uid=uid, to=ContractState.SUSPENDED, reason="Chantier inondé", on=date(2026, 11, 3)
        )
    with as_owner():
        event = Event.objects.get(
            verb="procurement.contract.moved", subject_type__iexact="procurement.contract"
        )
        assert (event.before, event.after) == ({"state": "running"}, {"state": "suspended"})
        assert event.reason == "3\u00a0novembre 2026 : Chantier inondé"


def test_moving_needs_an_open_way_and_a_reason(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        with pytest.raises(WrongState, match="Un marché « En cours » ne peut pas passer à « Publié »"):
            move_contract(actor=actor, uid=uid, to=ContractState.PUBLISHED, reason="", on=TODAY)
        with pytest.raises(Invalid) as refused:
            move_contract(actor=actor, uid=uid, to=ContractState.TERMINATED, reason=" ", on=TODAY)
        assert refused.value.errors == {
            "reason": "Donnez le motif : le marché devient « Résilié ».",
            "motive": "Choisissez la cause de la résiliation.",
        }


def test_a_notified_contract_learns_its_day(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor,
            common_name="Halle",
            buyer_uid=people.uid("buyer"),
            state=ContractState.AWARDED,
            on=TODAY,
        )
        move_contract(actor=actor, uid=uid, to=ContractState.NOTIFIED, reason="", on=date(2026, 11, 2))
        assert Contract.objects.get(uid=uid).notified_on == date(2026, 11, 2)


def test_a_closed_contract_does_not_change(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        move_contract(actor=actor, uid=uid, to=ContractState.SETTLED, reason="", on=TODAY)
        move_contract(actor=actor, uid=uid, to=ContractState.CLOSED, reason="", on=TODAY)
        with pytest.raises(NotAllowed, match="Ce marché est « Clos »"):
            change_contract(actor=actor, uid=uid, title="x")


def test_lots_are_added_later(people: Cast) -> None:
    uid = contract(people, lots=2)
    with acting(people.pilot) as actor:
        assert len(add_lots(actor=actor, contract_uid=uid, lots=[LotEntry("3", "Peinture")])) == 1
        with pytest.raises(Invalid, match="Le lot 2 existe déjà"):
            add_lots(actor=actor, contract_uid=uid, lots=[LotEntry("2", "Peinture")])
        with pytest.raises(Invalid, match="Collez au moins un lot"):
            add_lots(actor=actor, contract_uid=uid, lots=[])
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        add_lots(actor=actor, contract_uid=uid, lots=[LotEntry("4", "Peinture")])


def test_an_operation_has_a_name_of_its_own(people: Cast) -> None:
    with acting(people.pilot) as actor:
        operation = create_operation(actor=actor, name="Quartier des Tanneurs", is_anru=True)
        _create(actor, people, operation_uid=operation)
        with pytest.raises(AlreadyHeld, match="Une opération porte déjà ce nom"):
            create_operation(actor=actor, name="quartier  des tanneurs")
    with acting(people.stranger) as actor, pytest.raises(Absent):
        _create(actor, people, operation_uid=operation)
    with acting(people.firm) as actor, pytest.raises(NotAllowed):
        create_operation(actor=actor, name="x")
