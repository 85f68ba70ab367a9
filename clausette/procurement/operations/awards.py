"""Awards: one titulaire, alone or mandataire of a group with shares; their end; the avenants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_percent
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractState, GroupKind, PartyRole, Source
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Award, Contract, ContractModification, Lot
from clausette.procurement.operations.checks import (
    check_details,
    lot_of,
    organisation_pk,
    piloted_contract,
    positive,
)
from clausette.procurement.operations.life import Move, step_to
from clausette.procurement.operations.parties import Place, take_place
from clausette.procurement.queries.visibility import awards_visible_to


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A cotraitant of the group and its share (0–1, None when not known)."""

    org_uid: UUID
    share: Decimal | None = None


def _check_shares(members: Sequence[MemberEntry]) -> None:
    if any(member.share is not None and not 0 < member.share <= 1 for member in members):
        raise Invalid({"members": "Une part va de plus de 0 % à 100 %."})
    total = sum((member.share for member in members if member.share is not None), Decimal(0))
    if total >= 1:
        told = format_percent(total)
        raise Invalid({"members": f"Les parts des cotraitants font {told} : il ne reste rien au mandataire."})


def _check_firms(contractor_id: int, ids: Sequence[int]) -> None:
    if contractor_id in ids:
        raise Invalid({"members": "Le titulaire est aussi dans la liste des cotraitants."})
    if len(set(ids)) < len(ids):
        raise Invalid({"members": "Un cotraitant est écrit deux fois."})


def _refuse_second(contract: Contract, lot: Lot | None, contractor_id: int) -> None:
    if Award.objects.filter(contract=contract, lot=lot, contractor_id=contractor_id, ended_on=None).exists():
        where = f"du lot {lot.number}" if lot else "du marché"
        raise AlreadyHeld(f"Cette entreprise est déjà titulaire {where}.", "contractor")


@operation("procurement.award.created")
def award(
    *,
    actor: Actor,
    contract_uid: UUID,
    contractor_uid: UUID,
    on: date,
    lot_uid: UUID | None = None,
    members: Sequence[MemberEntry] = (),
    amount_ht: Decimal | None = None,
    notified_on: date | None = None,
    group_kind: GroupKind | None = None,
) -> UUID:
    """Award a contract or one lot to a titulaire, with the other members of its group; return the award's uid.

    All of them take part in the contract from then on. A published contract becomes « attribué ». A group is
    conjoint unless said solidaire.
    Raises NotAllowed, Absent, WrongState, Invalid, AlreadyHeld.
    """
    contract = piloted_contract(actor, contract_uid)
    errors: dict[str, str] = {}
    positive(amount_ht, "amount_ht", "Le montant attribué doit être supérieur à zéro.", errors)
    if errors:
        raise Invalid(errors)
    check_details({"consultation_on": contract.consultation_on, "notified_on": notified_on})
    lot = lot_of(contract, lot_uid)
    contractor_id = organisation_pk(actor, contractor_uid)
    ids = [organisation_pk(actor, member.org_uid) for member in members]
    _check_shares(members)
    _check_firms(contractor_id, ids)
    _refuse_second(contract, lot, contractor_id)
    row = created(
        Award(
            contract=contract,
            lot=lot,
            contractor_id=contractor_id,
            amount_ht=amount_ht,
            notified_on=notified_on,
            group_kind=(group_kind or GroupKind.JOINT) if members else GroupKind.ALONE,
        )
    )
    _admit_group(contract, lot, contractor_id, dict(zip(ids, members, strict=True)), notified_on or on)
    if contract.state == ContractState.PUBLISHED:
        step_to(contract, ContractState.AWARDED, Move(on))
    return row.uid


def _admit_group(
    contract: Contract, lot: Lot | None, contractor_id: int, members: dict[int, MemberEntry], since: date
) -> None:
    lot_pk = lot.pk if lot else None
    told = [member.share for member in members.values() if member.share is not None]
    share = 1 - sum(told, Decimal(0)) if told else None
    take_place(contract, Place(contractor_id, PartyRole.CONTRACTOR, since, lot_pk, None, share))
    for organisation_id, member in members.items():
        take_place(
            contract,
            Place(organisation_id, PartyRole.GROUP_MEMBER, since, lot_pk, contractor_id, member.share),
        )


@operation("procurement.award.ended")
def end_award(*, actor: Actor, award_uid: UUID, ended_on: date, reason: str) -> UUID:
    """Say that a titulaire no longer is, from the day after `ended_on`, and why (liquidation, transfer).

    Its hours stay its own; it keeps reading the contract. Raises NotAllowed, Absent, WrongState, Invalid.
    """
    seen = awards_visible_to(actor)
    known = seen.filter(uid=award_uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.Award")
    piloted_contract(actor, known.contract.uid)
    row = lock(seen, uid=award_uid)
    if row.ended_on is not None:
        raise WrongState("Cette attribution est déjà terminée.")
    reason = collapse(reason)
    if not reason:
        raise Invalid({"reason": "Indiquez le motif de fin de l'attribution."})
    if row.notified_on and ended_on < row.notified_on:
        raise Invalid({"ended_on": "La fin de l'attribution précède sa notification."})
    because(reason)
    change(row, ended_on=ended_on, end_reason=reason[:300])
    return row.uid


@operation("procurement.modification.created")
def record_modification(
    *,
    actor: Actor,
    contract_uid: UUID,
    number: int,
    notified_on: date | None = None,
    amount_ht: Decimal | None = None,
    duration_months: int | None = None,
    source: Source = Source.TYPED,
    contractors: str = "",
    published_on: date | None = None,
) -> UUID:
    """Record an avenant: what it changes is dated and kept beside the contract, which stays as signed.

    Raises NotAllowed, Absent, AlreadyHeld (same number), Invalid.
    """
    contract = piloted_contract(actor, contract_uid)
    check_details({"duration_months": duration_months, "amount_ht": amount_ht})
    if ContractModification.objects.filter(contract=contract, number=number).exists():
        raise AlreadyHeld(f"L'avenant {number} est déjà enregistré.", "number")
    return created(
        ContractModification(
            contract=contract,
            number=number,
            notified_on=notified_on,
            amount_ht=amount_ht,
            duration_months=duration_months,
            source=source,
            contractors=contractors[:1000],
            published_on=published_on,
        )
    ).uid
