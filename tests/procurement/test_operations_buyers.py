"""The buyer's side, contacts, operations (projects), portfolios."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.enums import OperationRole, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, ContractParty
from clausette.procurement.operations import (
    ContactDetails,
    add_contact,
    add_operation_party,
    admit_for_buyer,
    admit_party,
    change_contact,
    change_contract,
    change_operation,
    close_contact,
    create_operation,
    end_operation_party,
    end_party,
    hand_over,
    set_share,
    share_contract,
)
from clausette.procurement.queries import (
    ContractFilters,
    contacts_of,
    contract_sheet,
    list_contracts,
    list_operations,
    operation_sheet,
)
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract
from tests.world import member

pytestmark = pytest.mark.django_db
FROM = date(2026, 1, 1)


@pytest.fixture
def people() -> Cast:
    return cast()


def test_the_shares_of_a_groupement_de_commandes_make_at_most_the_whole(people: Cast) -> None:
    uid = contract(people)
    with as_owner():
        main = ContractParty.objects.get(role=PartyRole.BUYER).uid
    with acting(people.pilot) as actor:
        set_share(actor=actor, party_uid=main, share=Decimal("0.6"))
        body: dict[str, Any] = {
            "actor": actor,
            "contract_uid": uid,
            "organisation_uid": people.uid("other_buyer"),
            "valid_from": FROM,
        }
        with pytest.raises(Invalid, match="100"):
            admit_for_buyer(**body, role=PartyRole.BUYER, share=Decimal("0.41"))
        with pytest.raises(Invalid, match="a une part"):
            admit_for_buyer(**body, role=PartyRole.ADVISER, share=Decimal("0.1"))
        party = admit_for_buyer(**body, role=PartyRole.BUYER, share=Decimal("0.4"))
        with pytest.raises(AlreadyHeld):
            admit_for_buyer(**body, role=PartyRole.BUYER)
        with pytest.raises(Invalid):
            set_share(actor=actor, party_uid=party, share=Decimal("0.4001"))
    with acting(people.other_buyer) as actor:
        assert contract_sheet(actor=actor, uid=uid).buyer.name == "Métropole du Lys"


def test_there_is_one_coordonnateur_at_a_time(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        first = admit_for_buyer(
            actor=actor,
            contract_uid=uid,
            organisation_uid=people.uid("buyer"),
            role=PartyRole.COORDINATOR,
            valid_from=FROM,
        )
        second: dict[str, Any] = {
            "actor": actor,
            "contract_uid": uid,
            "organisation_uid": people.uid("other_buyer"),
            "valid_from": TODAY,
        }
        with pytest.raises(AlreadyHeld, match="déjà un"):
            admit_for_buyer(**second, role=PartyRole.COORDINATOR)
        end_party(actor=actor, party_uid=first, valid_to=date(2026, 11, 1))
        admit_for_buyer(**second, role=PartyRole.COORDINATOR)


def test_a_role_that_ended_opens_nothing_any_more(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        party = admit_for_buyer(
            actor=actor,
            contract_uid=uid,
            organisation_uid=people.uid("other_buyer"),
            role=PartyRole.DELEGATE,
            valid_from=FROM,
        )
        with pytest.raises(Invalid, match="précède"):
            end_party(actor=actor, party_uid=party, valid_to=date(2025, 12, 31))
        end_party(actor=actor, party_uid=party, valid_to=date(2026, 10, 31), reason="Mandat échu")
        with pytest.raises(NotAllowed, match="déjà terminé"):
            end_party(actor=actor, party_uid=party, valid_to=TODAY)
    with acting(people.other_buyer) as actor, pytest.raises(Absent):
        contract_sheet(actor=actor, uid=uid)


@pytest.mark.parametrize("role", ["pilot", "buyer", "contractor"])
def test_some_roles_have_their_own_end(people: Cast, role: str) -> None:
    contract(people)
    with as_owner():
        party = ContractParty.objects.get(role=role).uid
    with acting(people.pilot) as actor, pytest.raises(NotAllowed, match="ne se termine pas ici"):
        end_party(actor=actor, party_uid=party, valid_to=TODAY)


def test_subcontractors_never_work_for_themselves_through_others(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        given: dict[str, Any] = {
            "actor": actor,
            "contract_uid": uid,
            "role": PartyRole.SUBCONTRACTOR,
            "valid_from": FROM,
        }
        admit_party(**given, organisation_uid=people.uid("other_firm"), head_uid=people.uid("firm"))
        admit_party(**given, organisation_uid=people.uid("other_buyer"), head_uid=people.uid("other_firm"))
        with pytest.raises(Invalid, match="pour elle-même"):
            admit_party(
                **given | {"valid_from": date(2025, 1, 1)},
                organisation_uid=people.uid("other_firm"),
                head_uid=people.uid("other_buyer"),
            )


PERSON = ContactDetails("Dominique Roy", "Chargée d'opération", "d.roy@metropole.example", "03 20 00 00 00")


def test_contacts_are_those_of_one_structure(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("stranger"), on=TODAY)
        number = contract_sheet(actor=actor, uid=uid).id
        made = add_contact(
            actor=actor, contract_uid=uid, organisation_uid=people.uid("buyer"), details=PERSON
        )
        change_contact(actor=actor, uid=made, details=ContactDetails("Dominique Roy", phone="03 20 00 00 01"))
        assert [(one.name, one.phone, one.email) for one in contacts_of(actor=actor, contract_id=number)] == [
            ("Dominique Roy", "03 20 00 00 01", "")
        ]
    with acting(people.stranger) as actor:
        assert contacts_of(actor=actor, contract_id=number) == ()
        with pytest.raises(Absent):
            change_contact(actor=actor, uid=made, details=PERSON)
        add_contact(actor=actor, contract_uid=uid, organisation_uid=people.uid("buyer"), details=PERSON)
    with acting(people.buyer) as actor:
        assert contacts_of(actor=actor, contract_id=number) == ()
        with pytest.raises(NotAllowed):
            add_contact(actor=actor, contract_uid=uid, organisation_uid=people.uid("buyer"), details=PERSON)
    with acting(people.pilot) as actor:
        close_contact(actor=actor, uid=made, on=TODAY)
        assert contacts_of(actor=actor, contract_id=number) == ()
        with pytest.raises(WrongState):
            change_contact(actor=actor, uid=made, details=PERSON)


def test_a_contact_is_reachable_and_of_the_contract(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid) as refused:
            add_contact(
                actor=actor,
                contract_uid=uid,
                organisation_uid=people.uid("buyer"),
                details=ContactDetails(" "),
            )
        assert set(refused.value.errors) == {"name", "email"}
        with pytest.raises(Invalid, match="ne prend pas part"):
            add_contact(
                actor=actor, contract_uid=uid, organisation_uid=people.uid("other_firm"), details=PERSON
            )


def test_an_operation_has_its_quartiers_bodies_and_contracts(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid, match="n'est pas un code"):
            create_operation(actor=actor, name="Renouvellement", qpv_codes=["QN1"])
        made = create_operation(actor=actor, name="Renouvellement", qpv_codes=["qn00101m"])
        change_operation(
            actor=actor, uid=made, name="Renouvellement des Acacias", is_anru=True, qpv_codes=["QP059001"]
        )
        change_contract(actor=actor, uid=uid, operation_uid=made, amount_ht=Decimal(1000))
        body: dict[str, Any] = {"actor": actor, "uid": made, "organisation_uid": people.uid("other_buyer")}
        party = add_operation_party(**body, role=OperationRole.FUNDER)
        with pytest.raises(AlreadyHeld):
            add_operation_party(**body, role=OperationRole.FUNDER)
        sheet = operation_sheet(actor=actor, uid=made)
        assert (sheet.name, sheet.is_anru, sheet.qpv_codes) == (
            "Renouvellement des Acacias",
            True,
            ("QP059001",),
        )
        assert ([one.name for one in sheet.bodies], len(sheet.contracts), sheet.amount_ht) == (
            ["Habitat Ouche"],
            1,
            Decimal(1000),
        )
    with acting(people.other_buyer) as actor:  # a funder reads nothing by that
        assert list_operations(actor=actor) == ()
    with acting(people.buyer) as actor:
        assert [(one.name, one.contracts, one.amount_ht) for one in list_operations(actor=actor)] == [
            ("Renouvellement des Acacias", 1, Decimal(1000))
        ]
        with pytest.raises(NotAllowed):
            change_operation(actor=actor, uid=made, name="x", is_anru=False, qpv_codes=[])
    with acting(people.pilot) as actor:
        end_operation_party(actor=actor, party_uid=party, on=TODAY)
        assert operation_sheet(actor=actor, uid=made).bodies == ()


def test_a_portfolio_is_handed_over_in_one_act(people: Cast) -> None:
    uids = [contract(people, f"Chantier {n}") for n in range(3)]
    colleague = member(people.pilot, "lea@lys.example")
    with as_owner():
        seat = apps.get_model("access.Membership").objects.get(account_id=colleague.account_id).uid
        foreign = apps.get_model("access.Membership").objects.get(account_id=people.buyer.account_id).uid
    with acting(people.pilot) as actor:
        assert hand_over(actor=actor, contract_uids=uids[:2], to_member_uid=seat, reason="Départ") == 2
        assert hand_over(actor=actor, contract_uids=uids, to_member_uid=seat) == 1
        with pytest.raises(Absent):
            hand_over(actor=actor, contract_uids=uids, to_member_uid=foreign)
        with pytest.raises(Invalid):
            hand_over(actor=actor, contract_uids=[], to_member_uid=seat)
        hand_over(actor=actor, contract_uids=uids[:1], to_member_uid=None)
        mine = list_contracts(actor=actor, filters=ContractFilters(referent_id=colleague.account_id))
        assert (mine.total, {row.referent_name for row in mine.rows}) == (2, {colleague.account_name})
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        hand_over(actor=actor, contract_uids=uids, to_member_uid=None)
    with as_owner():
        assert Contract.objects.filter(referent=None).count() == 1
