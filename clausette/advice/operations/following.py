"""From advice to follow-up: an accepted study becomes a contract with its lots, then engagements when it is awarded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.advice.enums import StudyState
from clausette.advice.models import Study, StudyCalibration
from clausette.advice.permissions import can_study
from clausette.advice.queries.following import kept_of_row, last_kept
from clausette.advice.queries.visibility import studies_visible_to, study_lots_visible_to
from clausette.advice.rules import (
    ROAD,
    STATES,
    check_awardable,
    check_followable,
    kind_of,
    planned,
    steps_between,
)
from clausette.commitments.operations import create_commitment
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, lock, operation
from clausette.procurement.enums import ContractNature, ContractState, LegalDeviceKind
from clausette.procurement.operations import LotEntry, award, create_contract, move_contract
from clausette.procurement.queries import contract_key, contract_sheet

LONGEST_PLACE = 10


@dataclass(frozen=True, slots=True)
class LotAward:
    """The titulaire of a lot (`number` « »: the whole contract) and the hours it will owe, None for none."""

    number: str
    contractor_uid: UUID
    hours: Decimal | None = None
    amount_ht: Decimal | None = None


@operation("advice.study.followed")
def follow_study(
    *, actor: Actor, study_uid: UUID, buyer_uid: UUID, on: date, common_name: str = ""
) -> UUID:
    """Make the contract of an accepted study, with its lots, before its award; return the uid of the contract.

    The contract takes what the study knows and its state on that day. Raises NotAllowed, Absent, WrongState (not
    accepted, followed already), Invalid, AlreadyHeld.
    """
    demand(can_study(actor))
    row = lock(studies_visible_to(actor), uid=study_uid)
    state = StudyState(row.state)
    check_followable(state, has_contract=row.contract_id is not None)
    buyer = get_organisation(actor=actor, uid=buyer_uid)
    lots = study_lots_visible_to(actor).filter(study_id=row.pk).order_by("id")
    uid = create_contract(
        actor=actor,
        common_name=common_name or row.title,
        buyer_uid=buyer_uid,
        on=on,
        lots=[LotEntry(lot.number, lot.title, lot.amount_ht, lot.cpv) for lot in lots],
        title=row.title,
        official_id=row.reference[:40],
        kind=kind_of(row.buyer_kind, concession=row.is_concession),
        nature=row.nature or ContractNature.WORKS,
        state=STATES[state],
        device=row.device or LegalDeviceKind.EXECUTION,
        consultation_on=row.engaged_on,
        duration_months=row.duration_months,
        amount_ht=row.amount_ht,
        cpv=row.cpv,
        place_code=row.place if row.place.isascii() and row.place.isalnum() and len(row.place) <= LONGEST_PLACE else "",
    )
    change(row, contract_id=contract_key(actor, uid).id, buyer_id=buyer.id, buyer_name=buyer.name)
    return uid


def carry(actor: Actor, row: Study, state: StudyState, *, reason: str, on: date) -> None:
    """Bring the contract of a locked study to what the study becomes, inside the running operation."""
    if row.contract is None or state not in STATES:
        return
    for step in steps_between(ContractState(row.contract.state), STATES[state]):
        move_contract(actor=actor, uid=row.contract.uid, to=step, reason=reason, on=on)


@dataclass(frozen=True, slots=True)
class _Term:
    """What all the awards of a contract share: `held` is who is titulaire already, by lot; `day` of the acts, today,
    the days between which hours are due."""

    contract_uid: UUID
    device: LegalDeviceKind
    held: frozenset[tuple[str, UUID]]
    day: date
    on: date
    notified_on: date | None
    starts_on: date
    ends_on: date


def _award(
    actor: Actor, one: LotAward, lot_uid: UUID | None, said: StudyCalibration | None, term: _Term
) -> None:
    """Award a lot, unless an official file already did, and write what its titulaire owes."""
    if not {(one.number, one.contractor_uid), ("", one.contractor_uid)} & term.held:
        award(
            actor=actor, contract_uid=term.contract_uid, contractor_uid=one.contractor_uid, on=term.day,
            lot_uid=lot_uid, amount_ht=one.amount_ht, notified_on=term.notified_on,
        )  # fmt: skip
    plan = planned(kept_of_row(said) if said else None, one.hours, term.device)
    if plan is not None:
        create_commitment(
            actor=actor, contract_uid=term.contract_uid, contractor_uid=one.contractor_uid, kind=plan.kind,
            terms=plan.terms, starts_on=term.starts_on, ends_on=term.ends_on, on=term.on, lot_uid=lot_uid,
        )  # fmt: skip


@operation("advice.study.awarded")
def award_study(
    *,
    actor: Actor,
    study_uid: UUID,
    awards: Sequence[LotAward],
    starts_on: date,
    ends_on: date,
    on: date,
    notified_on: date | None = None,
) -> UUID:
    """Award the contract of a study and write what each titulaire owes, all or nothing; return the contract's uid.

    The hours are those of the calculation kept for the lot, with its figures, unless others are given. With
    `notified_on`, the contract is notified that day.
    Raises NotAllowed, Absent, WrongState, Invalid (no titulaire, term before start), AlreadyHeld.
    """
    demand(can_study(actor))
    row = lock(studies_visible_to(actor).select_related("contract"), uid=study_uid)
    check_awardable(StudyState(row.state), has_contract=row.contract_id is not None)
    if not awards:
        raise Invalid({"": "Donnez au moins un titulaire."})
    if row.contract is None:
        return row.uid
    day = min(on, notified_on or on)
    carry(actor, row, StudyState.PUBLISHED, reason="", on=day)
    uid = row.contract.uid
    sheet = contract_sheet(actor=actor, uid=uid)
    lots = {lot.number: lot.uid for lot in sheet.lots}
    held = frozenset((one.lot_number, one.contractor.uid) for one in sheet.awards if one.ended_on is None)
    kept = last_kept(actor, row.pk)
    known: dict[str, int | None] = {
        lot.number: lot.pk for lot in study_lots_visible_to(actor).filter(study_id=row.pk).order_by("id")
    }
    term = _Term(uid, LegalDeviceKind(row.contract.device), held, day, on, notified_on, starts_on, ends_on)
    for one in awards:
        _award(actor, one, lots.get(one.number), kept.get(known.get(one.number)), term)
    if notified_on is not None and row.contract.state in ROAD:
        move_contract(actor=actor, uid=uid, to=ContractState.NOTIFIED, reason="", on=notified_on)
    change(row, state=StudyState.AWARDED)
    return uid
