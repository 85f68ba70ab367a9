"""Awards, parties, sharing: works, refused with its reason, idempotent, journalled."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.procurement.enums import ContractState, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Award, Contract, ContractModification, ContractParty, Lot
from clausette.procurement.operations import (
    MemberEntry,
    admit_party,
    award,
    create_contract,
    end_award,
    record_modification,
    revoke_share,
    share_contract,
)
from clausette.procurement.queries import contract_sheet
from tests.hats import TODAY, acting, as_owner, noon
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_a_group_takes_part_with_its_shares(people: Cast) -> None:
    uid = contract(people, lots=2, firm="")
    with acting(people.pilot) as actor:
        lot = Lot.objects.get(number="2")
        award(
            actor=actor,
            contract_uid=uid,
            lot_uid=lot.uid,
            contractor_uid=people.uid("firm"),
            members=[MemberEntry(people.uid("other_firm"), Decimal("0.3"))],
            amount_ht=Decimal(400_000),
            notified_on=date(2026, 2, 2),
            on=TODAY,
        )
        sheet = contract_sheet(actor=actor, uid=uid)
    firms = [
        (p.organisation.name, p.role, p.share, p.head_name, p.lot_number) for p in sheet.parties if p.lot_number
    ]
    assert firms == [
        ("Bâti Ouche", "contractor", Decimal("0.7000"), "", "2"),
        ("Toitures Morel", "group_member", Decimal("0.3000"), "Bâti Ouche", "2"),
    ]
    assert [lot.contractors[0].name if lot.contractors else "" for lot in sheet.lots] == ["", "Bâti Ouche"]


def test_a_published_contract_becomes_awarded(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="Halle", buyer_uid=people.uid("buyer"), state=ContractState.PUBLISHED, on=TODAY
        )
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), on=TODAY)
        assert Contract.objects.get(uid=uid).state == ContractState.AWARDED


@pytest.mark.parametrize(
    ("share", "who", "sentence"),
    [
        ("1.2", "other_firm", "Une part va de plus de 0 % à 100 %."),
        ("1", "other_firm", "Les parts des cotraitants font 100\u00a0% : il ne reste rien au mandataire."),
        ("0.2", "firm", "Le titulaire est aussi dans la liste des cotraitants."),
    ],
)
def test_a_group_that_does_not_add_up(people: Cast, share: str, who: str, sentence: str) -> None:
    uid = contract(people, firm="")
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid) as refused:
            award(
                actor=actor,
                contract_uid=uid,
                contractor_uid=people.uid("firm"),
                members=[MemberEntry(people.uid(who), Decimal(share))],
                on=TODAY,
            )
        assert refused.value.errors == {"members": sentence}


def test_an_award_is_refused_twice_or_at_zero_or_elsewhere(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        with pytest.raises(AlreadyHeld, match="déjà titulaire du marché"):
            award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), on=TODAY)
        with pytest.raises(Invalid, match="supérieur à zéro"):
            award(
                actor=actor, contract_uid=uid, contractor_uid=people.uid("other_firm"), amount_ht=Decimal(0), on=TODAY
            )
        with pytest.raises(Invalid, match="Ce lot n'est pas dans ce marché"):
            award(actor=actor, contract_uid=uid, contractor_uid=people.uid("other_firm"), lot_uid=uuid4(), on=TODAY)
    with acting(people.firm) as actor, pytest.raises(NotAllowed):
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), on=TODAY)


def test_the_end_of_an_award_has_a_reason_and_comes_once(people: Cast) -> None:
    contract(people)
    with acting(people.pilot) as actor:
        uid = Award.objects.get().uid
        with pytest.raises(Invalid, match="motif de fin"):
            end_award(actor=actor, award_uid=uid, ended_on=TODAY, reason=" ")
        end_award(actor=actor, award_uid=uid, ended_on=TODAY, reason="Liquidation judiciaire")
        with pytest.raises(WrongState, match="déjà terminée"):
            end_award(actor=actor, award_uid=uid, ended_on=TODAY, reason="x")
    with acting(people.stranger) as actor, pytest.raises(Absent):
        end_award(actor=actor, award_uid=uid, ended_on=TODAY, reason="x")


def test_admitting_twice_writes_once(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        first, second = (
            admit_party(
                actor=actor,
                contract_uid=uid,
                organisation_uid=people.uid("other_firm"),
                role=PartyRole.EMPLOYER,
                valid_from=TODAY,
            )
            for _ in range(2)
        )
        assert first == second
    with as_owner():
        assert Event.objects.filter(verb="procurement.party.admitted").count() == 1


def test_a_party_asked_from_an_earlier_day_sees_from_that_day(people: Cast) -> None:
    uid = contract(people)
    days = (TODAY, TODAY - timedelta(days=40))
    with acting(people.pilot) as actor:
        for day in days:
            admit_party(
                actor=actor,
                contract_uid=uid,
                organisation_uid=people.uid("other_firm"),
                role=PartyRole.EMPLOYER,
                valid_from=day,
            )
        assert ContractParty.objects.get(role=PartyRole.EMPLOYER).valid_from == days[1]


def test_nobody_is_made_pilot_by_admission(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor, pytest.raises(NotAllowed, match="partage du marché"):
        admit_party(
            actor=actor,
            contract_uid=uid,
            organisation_uid=people.uid("stranger"),
            role=PartyRole.PILOT,
            valid_from=TODAY,
        )


def test_a_shared_contract_is_seen_then_gone(people: Cast) -> None:
    uid, other = contract(people), people.uid("stranger")
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=other, on=TODAY)
        with pytest.raises(AlreadyHeld, match="déjà partagé"):
            share_contract(actor=actor, contract_uid=uid, structure_uid=other, on=TODAY)
    with acting(people.stranger) as actor:
        assert contract_sheet(actor=actor, uid=uid).common_name == "Gymnase des Acacias"
        with pytest.raises(NotAllowed, match="structure référente"):
            share_contract(actor=actor, contract_uid=uid, structure_uid=other, on=TODAY)
    with acting(people.pilot) as actor:
        revoke_share(actor=actor, contract_uid=uid, structure_uid=other, at=noon(TODAY), reason="Fin de mission")
        with pytest.raises(Refusal, match="n'est pas partagé"):
            revoke_share(actor=actor, contract_uid=uid, structure_uid=other, at=noon(TODAY))
    with acting(people.stranger) as actor, pytest.raises(Absent):
        contract_sheet(actor=actor, uid=uid)
    with as_owner():
        assert Event.objects.get(verb="procurement.share.revoked").reason == "Fin de mission"


def test_sharing_is_between_structures(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid, match="n'est pas une structure facilitatrice"):
            share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("buyer"), on=TODAY)
        with pytest.raises(Invalid, match="déjà celui de votre structure"):
            share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("pilot"), on=TODAY)


def test_a_modification_is_kept_beside_the_contract(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        record_modification(actor=actor, contract_uid=uid, number=1, amount_ht=Decimal(1_200_000))
        with pytest.raises(AlreadyHeld, match="L'avenant 1 est déjà enregistré"):
            record_modification(actor=actor, contract_uid=uid, number=1)
        with pytest.raises(Invalid, match="supérieur à zéro"):
            record_modification(actor=actor, contract_uid=uid, number=2, amount_ht=Decimal(-1))
        assert ContractModification.objects.count() == 1
        assert Contract.objects.get(uid=uid).amount_ht is None
        record_modification(actor=actor, contract_uid=uid, number=2, notified_on=TODAY, duration_months=18)
        first, second = contract_sheet(actor=actor, uid=uid).modifications
        told = (first.number, first.amount_ht, first.notified_on, first.duration_months, first.source_label)
        assert told == (1, Decimal("1200000.00"), None, None, "Saisi")
        assert (second.number, second.amount_ht, second.notified_on, second.duration_months) == (2, None, TODAY, 18)
