"""The life of a contract: its moves, each with day, reason and paper, and the relaunch of one that failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import (
    FOR_THE_BUYER,
    ContractState,
    LegalDeviceKind,
    PartyRole,
    TerminationReason,
)
from clausette.procurement.models import Contract, ContractParty, ContractStep, Lot
from clausette.procurement.operations.founding import found
from clausette.procurement.operations.lots import LotEntry, write_lots
from clausette.procurement.operations.parties import Place, take_place
from clausette.procurement.queries.visibility import contracts_visible_to
from clausette.procurement.rules import RELAUNCHED, check_transition, missing_to_move

_KEPT = (
    "owner_org_id", "buyer_id", "operation_id", "referent_id", "common_name", "title", "nature", "device",
    "duration_months", "amount_ht", "amount_is_maximum", "amount_includes_renewals", "cpv", "place_code", "sort_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """What is said of a move: its day, its reason, the cause of a termination, its paper (internal number)."""

    on: date
    reason: str = ""
    motive: str = ""
    document_id: int | None = None


def step_to(contract: Contract, to: ContractState, move: Move) -> ContractStep:
    """Change the state of a locked contract and keep the step, inside the running operation."""
    current = ContractState(contract.state)
    step = created(
        ContractStep(
            contract=contract,
            from_state=current,
            to_state=to,
            on=move.on,
            motive=move.motive,
            reason=move.reason[:500],
            document_id=move.document_id,
        )
    )
    change(contract, state=to)
    return step


def _refuse_earlier(contract: Contract, on: date) -> None:
    last = ContractStep.objects.filter(contract=contract).order_by("on", "id").last()
    if last is not None and on < last.on:
        state = ContractState(last.to_state).label
        raise Invalid({"on": f"Le marché est « {state} » depuis le {format_date(last.on)} : c'est plus tard."})


@operation("procurement.contract.moved")
def move_contract(
    *,
    actor: Actor,
    uid: UUID,
    to: ContractState,
    reason: str,
    on: date,
    motive: str = "",
    document_uid: UUID | None = None,
) -> UUID:
    """Change the state of a contract on a day, with the reason, cause and paper that the state asks for.

    Raises NotAllowed, Absent, WrongState (not in the table of transitions), Invalid (reason or cause missing,
    a day before the last step).
    """
    seen = contracts_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_pilot(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=uid)
    current = ContractState(row.state)
    check_transition(current, to)
    reason = collapse(reason)
    cause = TerminationReason(motive) if motive in TerminationReason.values else None
    missing = missing_to_move(current, to, reason=reason, motive=cause)
    if missing:
        raise Invalid(missing)
    _refuse_earlier(row, on)
    told = ". ".join(part for part in (cause.label if cause else "", reason) if part)
    because(f"{format_date(on)} : {told}" if told else format_date(on))
    document_id = file_id(actor, document_uid) if document_uid else None
    step_to(row, to, Move(on, reason, cause or "", document_id))
    values: dict[str, object] = {}
    if to == ContractState.NOTIFIED and row.notified_on is None:
        values["notified_on"] = on
    if to == ContractState.RUNNING and row.starts_on is None and (row.ends_on is None or row.ends_on >= on):
        values["starts_on"] = on
    if values:
        change(row, **values)
    return row.uid


@operation("procurement.contract.relaunched")
def relaunch_contract(
    *, actor: Actor, uid: UUID, on: date, lot_uids: Iterable[UUID] | None = None, common_name: str = ""
) -> UUID:
    """Begin again a fruitless or abandoned contract: a new contract linked to it, with its lots; return its uid.

    `lot_uids`: the lots begun again (all of them when None). Raises NotAllowed, Absent, WrongState, Invalid.
    """
    seen = contracts_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_pilot(actor, owner_org_id=known.owner_org_id))
    failed = lock(seen, uid=uid)
    if ContractState(failed.state) not in RELAUNCHED:
        raise WrongState("Seul un marché infructueux ou sans suite se relance.")
    if seen.filter(relaunches=failed).exists():
        raise WrongState("Ce marché est déjà relancé.")
    clause = failed.device != LegalDeviceKind.NONE
    state = ContractState.CLAUSE_PROPOSED if clause else ContractState.TO_STUDY
    values = {name: getattr(failed, name) for name in _KEPT}
    if collapse(common_name):
        values["common_name"] = collapse(common_name)[:200]
    row = found(Contract(**values, kind=failed.kind, state=state, relaunches=failed))
    _copy_buyers(failed, row, on)
    write_lots(row, _lots_again(failed, lot_uids))
    return row.uid


def _copy_buyers(failed: Contract, row: Contract, on: date) -> None:
    roles = (PartyRole.BUYER, *FOR_THE_BUYER, PartyRole.DESIGNER)
    held = ContractParty.objects.filter(contract=failed, role__in=roles, revoked_at=None, valid_to=None)
    for party in held.order_by("id"):
        take_place(row, Place(party.organisation_id, PartyRole(party.role), on, share=party.share))


def _lots_again(failed: Contract, uids: Iterable[UUID] | None) -> list[LotEntry]:
    rows = list(Lot.objects.filter(contract=failed).order_by("id"))
    if uids is not None:
        wanted = set(uids)
        rows = [lot for lot in rows if lot.uid in wanted]
        if len(rows) < len(wanted) or not rows:
            raise Invalid({"lots": "Choisissez au moins un lot de ce marché."})
    return [LotEntry(lot.number, lot.title, lot.amount_ht, lot.cpv, lot.has_clause) for lot in rows]
