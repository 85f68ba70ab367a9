"""Who takes part: firms and employers admitted, structures with whom the contract is shared."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from clausette.access.queries import get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.procurement import permissions
from clausette.procurement.enums import PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, ContractParty
from clausette.procurement.operations.checks import lot_of, organisation_pk, piloted_contract
from clausette.procurement.queries.parties import FIRMS, shares_contract
from clausette.procurement.queries.visibility import contracts_visible_to, parties_visible_to
from clausette.procurement.rules import makes_loop


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an organisation in a contract: role, lot, for whom, share (0–1), from when."""

    organisation_id: int
    role: PartyRole
    valid_from: date
    lot_id: int | None = None
    head_id: int | None = None
    share: Decimal | None = None


def take_place(contract: Contract, place: Place) -> ContractParty:
    """Write a party inside the running operation, or give back the one that already holds this place."""
    same = ContractParty.objects.filter(
        contract=contract, organisation_id=place.organisation_id, role=place.role, revoked_at=None
    )
    held = same.filter(Q(lot_id=place.lot_id) if place.lot_id else Q(lot=None)).order_by("id").first()
    if held is not None:
        return _earlier(held, place)
    return created(
        ContractParty(
            contract=contract,
            organisation_id=place.organisation_id,
            role=place.role,
            lot_id=place.lot_id,
            head_id=place.head_id,
            share=place.share,
            valid_from=place.valid_from,
        )
    )


def _earlier(held: ContractParty, place: Place) -> ContractParty:
    """A known party asked for from an earlier day, or after its last day, is opened again for that day."""
    ended = held.valid_to is not None and held.valid_to < place.valid_from
    if place.valid_from >= held.valid_from and not ended:
        return held
    row = lock(ContractParty.objects.all(), pk=held.pk)
    return change(
        row, valid_from=min(row.valid_from, place.valid_from), valid_to=None if ended else row.valid_to
    )


@operation("procurement.party.admitted")
def _admit(*, actor: Actor, contract_uid: UUID, place: Place) -> UUID:
    contract = contracts_visible_to(actor).filter(uid=contract_uid).first()
    if contract is None:
        raise Absent("procurement.Contract")
    demand(
        permissions.can_admit(
            actor,
            owner_org_id=contract.owner_org_id,
            state=contract.state,
            role=place.role,
            shares=shares_contract(actor=actor, contract_id=contract.pk),
        )
    )
    return take_place(contract, place).uid


def admit_party(
    *,
    actor: Actor,
    contract_uid: UUID,
    organisation_uid: UUID,
    role: PartyRole,
    valid_from: date,
    head_uid: UUID | None = None,
    lot_uid: UUID | None = None,
) -> UUID:
    """Let an organisation take part in a contract from a day on; return the uid of its place.

    Asked again, nothing is written and the same uid is returned. Pilots and co-pilots have their own verbs.
    Raises NotAllowed, Absent, Invalid.
    """
    if role in {PartyRole.PILOT, PartyRole.COPILOT}:
        raise NotAllowed("Une structure s'ajoute par le partage du marché.")
    contract = contracts_visible_to(actor).filter(uid=contract_uid).first()
    if contract is None:
        raise Absent("procurement.Contract")
    lot = lot_of(contract, lot_uid)
    organisation_id = organisation_pk(actor, organisation_uid)
    held = parties_visible_to(actor).filter(
        contract=contract, organisation_id=organisation_id, role=role, lot=lot, revoked_at=None,
        valid_from__lte=valid_from, valid_to=None,
    ).first()  # fmt: skip
    if held is not None:
        return held.uid
    place = Place(
        organisation_id=organisation_id,
        role=role,
        valid_from=valid_from,
        lot_id=lot.pk if lot else None,
        head_id=_head(actor, contract, organisation_id, head_uid) if head_uid else None,
    )
    return _admit(actor=actor, contract_uid=contract_uid, place=place)


def _head(actor: Actor, contract: Contract, organisation_id: int, uid: UUID) -> int:
    """The firm of the contract for which another one works. Raises Absent, Invalid (« head »)."""
    head = organisation_pk(actor, uid)
    if head == organisation_id:
        raise Invalid({"head": "Une entreprise ne peut pas être son propre sous-traitant."})
    known = parties_visible_to(actor).filter(
        contract=contract, organisation_id=head, role__in=FIRMS, revoked_at=None
    )
    if not known.exists():
        raise Invalid({"head": "Cette entreprise ne prend pas part au marché."})
    below = parties_visible_to(actor).filter(contract=contract, role=PartyRole.SUBCONTRACTOR, revoked_at=None)
    heads = dict(below.order_by("id").values_list("organisation_id", "head_id"))
    if makes_loop(organisation_id, head, heads):
        raise Invalid({"head": "Cette entreprise travaillerait pour elle-même par d'autres."})
    return head


@operation("procurement.contract.shared")
def share_contract(
    *, actor: Actor, contract_uid: UUID, structure_uid: UUID, on: date, reason: str = ""
) -> UUID:
    """Open a contract to another structure facilitatrice from a day on. Raises NotAllowed, Invalid, AlreadyHeld."""
    contract = piloted_contract(actor, contract_uid)
    structure = get_organisation(actor=actor, uid=structure_uid)
    if "facilitator" not in structure.capabilities:
        raise Invalid({"structure": f"{structure.name} n'est pas une structure facilitatrice."})
    if structure.id == actor.organisation_id:
        raise Invalid({"structure": "Ce marché est déjà celui de votre structure."})
    held = ContractParty.objects.filter(
        contract=contract, organisation_id=structure.id, role=PartyRole.COPILOT, revoked_at=None
    )
    if held.exists():
        raise AlreadyHeld(f"Ce marché est déjà partagé avec {structure.name}.", "structure")
    because(reason)
    place = Place(structure.id, PartyRole.COPILOT, on)
    return take_place(contract, place).uid


@operation("procurement.share.revoked")
def revoke_share(
    *, actor: Actor, contract_uid: UUID, structure_uid: UUID, at: datetime, reason: str = ""
) -> UUID:
    """Close a contract to a structure, at once. Raises NotAllowed, Absent, Refusal when it is not shared with it."""
    contract = contracts_visible_to(actor).filter(uid=contract_uid).first()
    if contract is None:
        raise Absent("procurement.Contract")
    demand(permissions.can_pilot(actor, owner_org_id=contract.owner_org_id))
    shares = parties_visible_to(actor).filter(contract=contract, role=PartyRole.COPILOT, revoked_at=None)
    if not shares.filter(organisation__uid=structure_uid).exists():
        raise Refusal("Ce marché n'est pas partagé avec cette structure.")
    row = lock(shares, organisation_id=organisation_pk(actor, structure_uid))
    because(reason)
    change(row, revoked_at=at)
    return row.uid
