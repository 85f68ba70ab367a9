"""Moves and their steps, relaunch, phases, another titulaire."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.enums import ContractState, GroupKind, PartyRole, PhaseKind, PhaseState
from clausette.procurement.models import Award, Contract, ContractParty, ContractPhase, ContractStep, Lot
from clausette.procurement.operations import (
    MemberEntry,
    PhaseEntry,
    admit_for_buyer,
    award,
    create_contract,
    decide_phase,
    move_contract,
    plan_phase,
    plan_years,
    relaunch_contract,
    transfer_award,
)
from clausette.procurement.queries import contract_sheet, phases_of, steps_of
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 3)


@pytest.fixture
def people() -> Cast:
    return cast()


def test_each_move_leaves_a_step(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        move_contract(actor=actor, uid=uid, to=ContractState.SUSPENDED, reason="Gel", on=ON)
        move_contract(actor=actor, uid=uid, to=ContractState.RUNNING, reason="", on=date(2026, 11, 9))
        move_contract(
            actor=actor, uid=uid, to=ContractState.TERMINATED, reason="Abandon", on=TODAY, motive="fault"
        )
    for who in (people.pilot, people.buyer, people.firm):
        with acting(who) as actor:
            sheet = contract_sheet(actor=actor, uid=uid)
            told = [
                (row.on, row.to_label, row.motive_label, row.reason)
                for row in steps_of(actor=actor, contract_id=sheet.id)
            ]
            assert told == [
                (TODAY, "Résilié", "Faute du titulaire", "Abandon"),
                (date(2026, 11, 9), "En cours", "", ""),
                (ON, "Suspendu", "", "Gel"),
            ]
    with acting(people.stranger) as actor:
        assert steps_of(actor=actor, contract_id=sheet.id) == ()


def test_a_move_is_not_before_the_last_one(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        move_contract(actor=actor, uid=uid, to=ContractState.SUSPENDED, reason="Gel", on=ON)
        with pytest.raises(Invalid, match="c'est plus tard"):
            move_contract(actor=actor, uid=uid, to=ContractState.RUNNING, reason="", on=date(2026, 11, 2))
    with as_owner():
        assert ContractStep.objects.count() == 1


def _fruitless(people: Cast) -> UUID:
    uid = contract(people, lots=3, firm="", number="2026-9")
    with acting(people.pilot) as actor:
        admit_for_buyer(
            actor=actor, contract_uid=uid, organisation_uid=people.uid("other_buyer"),
            role=PartyRole.ADVISER, valid_from=date(2026, 1, 1),
        )  # fmt: skip
    with as_owner():
        Contract.objects.filter(uid=uid).update(state=ContractState.PUBLISHED)
    with acting(people.pilot) as actor:
        move_contract(actor=actor, uid=uid, to=ContractState.FRUITLESS, reason="Aucune offre", on=ON)
    return uid


def test_a_fruitless_contract_is_relaunched_once_with_its_lots_and_its_buyers(people: Cast) -> None:
    uid = _fruitless(people)
    with acting(people.pilot) as actor:
        chosen = [lot.uid for lot in contract_sheet(actor=actor, uid=uid).lots[:2]]
        again = relaunch_contract(actor=actor, uid=uid, on=TODAY, lot_uids=chosen)
        sheet = contract_sheet(actor=actor, uid=again)
        assert (sheet.state, sheet.official_id, [lot.number for lot in sheet.lots]) == (
            "clause_proposed",
            "",
            ["1", "2"],
        )
        assert sheet.ties.relaunches is not None
        assert sheet.ties.relaunches.uid == uid
        relaunched = contract_sheet(actor=actor, uid=uid).ties.relaunched_by
        assert relaunched is not None
        assert relaunched.uid == again
        with pytest.raises(WrongState, match="déjà relancé"):
            relaunch_contract(actor=actor, uid=uid, on=TODAY)
    with acting(people.other_buyer) as actor:
        assert contract_sheet(actor=actor, uid=again).common_name == "Gymnase des Acacias"


def test_a_running_contract_is_not_relaunched(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor, pytest.raises(WrongState, match="infructueux ou sans suite"):
        relaunch_contract(actor=actor, uid=uid, on=TODAY)
    with acting(people.stranger) as actor, pytest.raises(Absent):
        relaunch_contract(actor=actor, uid=uid, on=TODAY)


def _phase(kind: PhaseKind, number: int = 1, year: int = 2027) -> PhaseEntry:
    return PhaseEntry(kind, number, date(year, 1, 1), date(year, 12, 31), amount_ht=Decimal(1000))


def test_a_reconduction_waits_then_is_decided_once(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        base = plan_phase(actor=actor, contract_uid=uid, entry=_phase(PhaseKind.BASE_PERIOD, year=2026))
        phase = plan_phase(actor=actor, contract_uid=uid, entry=_phase(PhaseKind.RENEWAL))
        with pytest.raises(Invalid, match="pourquoi"):
            decide_phase(actor=actor, uid=phase, confirmed=False, on=ON)
        decide_phase(actor=actor, uid=phase, confirmed=False, on=ON, reason="Besoin couvert")
        with pytest.raises(WrongState, match="non reconduite"):
            decide_phase(actor=actor, uid=phase, confirmed=True, on=ON)
        with pytest.raises(WrongState, match="ferme dès la signature"):
            decide_phase(actor=actor, uid=base, confirmed=True, on=ON)
        lines = phases_of(actor=actor, contract_id=contract_sheet(actor=actor, uid=uid).id)
    assert [(row.name, row.state, row.told) for row in lines] == [
        ("Période initiale 1", PhaseState.CONFIRMED, "Ferme"),
        ("Reconduction 1", PhaseState.NOT_MADE, "Non reconduite"),
    ]


def test_periods_do_not_overlap_and_tranches_may(people: Cast) -> None:
    uid = contract(people, lots=1)
    with acting(people.pilot) as actor:
        plan_phase(actor=actor, contract_uid=uid, entry=_phase(PhaseKind.BASE_PERIOD))
        with pytest.raises(Invalid, match="en chevauche une autre"):
            plan_phase(actor=actor, contract_uid=uid, entry=_phase(PhaseKind.RENEWAL))
        for number in (1, 2):
            plan_phase(actor=actor, contract_uid=uid, entry=_phase(PhaseKind.OPTIONAL_TRANCHE, number))
    with as_owner():
        assert ContractPhase.objects.count() == 3


def test_a_concession_has_its_years(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="Réseau de chaleur", buyer_uid=people.uid("buyer"), kind="dsp", on=TODAY,
            starts_on=date(2026, 7, 1), ends_on=date(2029, 6, 30),
        )  # fmt: skip
        assert len(plan_years(actor=actor, contract_uid=uid)) == 3
        with pytest.raises(WrongState, match="déjà là"):
            plan_years(actor=actor, contract_uid=uid)
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        plan_years(actor=actor, contract_uid=uid)


def _award_uid(uid: UUID) -> UUID:
    with as_owner():
        return Award.objects.get(contract__uid=uid, ended_on=None).uid


def test_a_transfer_ends_an_award_and_makes_the_next(people: Cast) -> None:
    uid = contract(people)
    old = _award_uid(uid)
    with acting(people.pilot) as actor:
        new = transfer_award(
            actor=actor, award_uid=old, to_contractor_uid=people.uid("other_firm"), on=ON, signed_on=date(2026, 10, 28),
            reason="Liquidation judiciaire",
        )  # fmt: skip
        sheet = contract_sheet(actor=actor, uid=uid)
    assert sheet.state == ContractState.TRANSFERRED
    rows = {row.uid: row for row in sheet.awards}
    assert (rows[old].ended_on, rows[old].end_reason) == (date(2026, 11, 2), "Liquidation judiciaire")
    assert (rows[new].replaces_uid, rows[new].notified_on, rows[new].signed_on) == (
        old,
        ON,
        date(2026, 10, 28),
    )
    for who in (people.firm, people.other_firm):  # both read the contract
        with acting(who) as actor:
            assert contract_sheet(actor=actor, uid=uid).common_name == "Gymnase des Acacias"
    with acting(people.pilot) as actor:  # and it lives on
        move_contract(actor=actor, uid=uid, to=ContractState.SUSPENDED, reason="Gel", on=TODAY)


def test_one_lot_transferred_leaves_the_contract_as_it_is(people: Cast) -> None:
    uid = contract(people, lots=2, firm="")
    with as_owner():
        lots = list(Lot.objects.order_by("id"))
    with acting(people.pilot) as actor:
        made = [
            award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), lot_uid=lot.uid, on=TODAY)
            for lot in lots
        ]
        transfer_award(
            actor=actor,
            award_uid=made[0],
            to_contractor_uid=people.uid("other_firm"),
            on=ON,
            signed_on=ON,
            reason="x",
        )
        assert contract_sheet(actor=actor, uid=uid).state == ContractState.RUNNING


def test_the_group_follows_the_new_mandataire(people: Cast) -> None:
    uid = contract(people, firm="")
    with acting(people.pilot) as actor:
        old = award(
            actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), on=date(2026, 3, 1),
            members=[MemberEntry(people.uid("other_firm")), MemberEntry(people.uid("other_buyer"))],
            group_kind=GroupKind.SEVERAL,
        )  # fmt: skip
        transfer_award(
            actor=actor,
            award_uid=old,
            to_contractor_uid=people.uid("other_firm"),
            on=ON,
            signed_on=ON,
            reason="x",
        )
    with as_owner():
        members = (
            ContractParty.objects.filter(role=PartyRole.GROUP_MEMBER).select_related("head").order_by("id")
        )
        assert [(row.valid_to, row.head.name if row.head else "") for row in members] == [
            (date(2026, 11, 2), "Bâti Ouche"),
            (None, "Toitures Morel"),
        ]
        assert Award.objects.get(ended_on=None).group_kind == GroupKind.SEVERAL


@pytest.mark.parametrize(
    ("who", "field", "changes"),
    [
        ("firm", "contractor", {}),
        ("other_firm", "reason", {"reason": " "}),
        ("other_firm", "on", {"on": date(2026, 3, 1)}),
        ("other_firm", "signed_on", {"signed_on": date(2026, 2, 1)}),
    ],
)
def test_what_a_transfer_refuses(people: Cast, who: str, field: str, changes: dict[str, object]) -> None:
    uid = contract(people, firm="")
    with acting(people.pilot) as actor:
        old = award(
            actor=actor,
            contract_uid=uid,
            contractor_uid=people.uid("firm"),
            on=TODAY,
            notified_on=date(2026, 3, 1),
        )
        given = {"on": ON, "signed_on": ON, "reason": "x", **changes}
        with pytest.raises(Invalid) as refused:
            transfer_award(actor=actor, award_uid=old, to_contractor_uid=people.uid(who), **given)  # type: ignore[arg-type]  # by name
        assert field in refused.value.errors
        assert contract_sheet(actor=actor, uid=uid).state == ContractState.RUNNING
