"""A contract goes on with another titulaire: one signed act ends an award and makes the next."""

from datetime import date, timedelta
from uuid import UUID

from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractState, GroupKind, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Award, Contract, ContractParty
from clausette.procurement.operations.checks import organisation_pk, piloted_contract
from clausette.procurement.operations.life import Move, step_to
from clausette.procurement.operations.parties import Place, take_place
from clausette.procurement.queries.visibility import awards_visible_to
from clausette.procurement.rules import check_transition


@operation("procurement.award.transferred")
def transfer_award(
    *,
    actor: Actor,
    award_uid: UUID,
    to_contractor_uid: UUID,
    on: date,
    signed_on: date,
    reason: str,
    document_uid: UUID | None = None,
) -> UUID:
    """Make another firm the titulaire from a day on, by an act signed on a day; return the uid of the new award.

    The former titulaire keeps its hours and reads the contract; the members of its group follow the new one. When
    the whole contract changes hands it becomes « transféré » and lives on. The balance of the engagement moves by
    an act of the room `commitments`. Raises NotAllowed, Absent, WrongState, Invalid, AlreadyHeld.
    """
    seen = awards_visible_to(actor)
    known = seen.filter(uid=award_uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.Award")
    contract = piloted_contract(actor, known.contract.uid)
    old = lock(seen, uid=award_uid)
    reason = collapse(reason)
    new_id = organisation_pk(actor, to_contractor_uid)
    _check(old, new_id, on, signed_on, reason)
    because(f"Acte signé le {format_date(signed_on)} : {reason}")
    change(old, ended_on=on - timedelta(days=1), end_reason=reason[:300])
    members = _follow(contract, old, new_id, on)
    row = created(
        Award(
            contract=contract,
            lot_id=old.lot_id,
            contractor_id=new_id,
            amount_ht=old.amount_ht,
            notified_on=on,
            signed_on=signed_on,
            group_kind=old.group_kind if members else GroupKind.ALONE,
            replaces=old,
            document_id=file_id(actor, document_uid) if document_uid else None,
        )
    )
    take_place(contract, Place(new_id, PartyRole.CONTRACTOR, on, old.lot_id))
    _move(contract, row, Move(on, reason, document_id=row.document_id))
    return row.uid


def _check(old: Award, new_id: int, on: date, signed_on: date, reason: str) -> None:
    if old.ended_on is not None:
        raise WrongState("Cette attribution est déjà terminée.")
    errors: dict[str, str] = {}
    if not reason:
        errors["reason"] = "Donnez le motif du transfert."
    if new_id == old.contractor_id:
        errors["contractor"] = "Cette entreprise est déjà titulaire."
    if old.notified_on and on <= old.notified_on:
        errors["on"] = f"Le titulaire en place est notifié le {format_date(old.notified_on)} : c'est plus tard."
    if old.notified_on and signed_on < old.notified_on:
        errors["signed_on"] = "L'acte est signé avant la notification du titulaire en place."
    if errors:
        raise Invalid(errors)
    held = Award.objects.filter(
        contract_id=old.contract_id, lot=old.lot, contractor_id=new_id, ended_on=None
    )
    if held.exists():
        raise AlreadyHeld("Cette entreprise est déjà titulaire de ce lot.", "contractor")


def _follow(contract: Contract, old: Award, new_id: int, on: date) -> int:
    """The cotraitants of the former titulaire are now with the new one, who is no longer one of them."""
    members = ContractParty.objects.filter(
        contract=contract, lot=old.lot, role=PartyRole.GROUP_MEMBER, head_id=old.contractor_id,
        revoked_at=None, valid_to=None,
    )  # fmt: skip
    left = 0
    for pk, organisation_id in list(members.order_by("id").values_list("pk", "organisation_id")):
        party = lock(ContractParty.objects.all(), pk=pk)
        if organisation_id == new_id:
            change(party, valid_to=max(party.valid_from, on - timedelta(days=1)))
        else:
            change(party, head_id=new_id)
            left += 1
    return left


def _move(contract: Contract, row: Award, move: Move) -> None:
    """The contract is « transféré » when no other titulaire holds a part of it."""
    others = Award.objects.filter(contract=contract, ended_on=None).exclude(pk=row.pk)
    if contract.state == ContractState.TRANSFERRED or others.exists():
        return
    check_transition(ContractState(contract.state), ContractState.TRANSFERRED)
    step_to(contract, ContractState.TRANSFERRED, move)
