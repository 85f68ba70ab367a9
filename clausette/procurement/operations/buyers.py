"""The side of the buyer: groupement de commandes, coordonnateur, mandataire, AMO, maître d'œuvre."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import because, change, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import FOR_THE_BUYER, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, ContractParty
from clausette.procurement.operations.checks import organisation_pk, piloted_contract
from clausette.procurement.operations.parties import Place, take_place
from clausette.procurement.queries.visibility import parties_visible_to
from clausette.procurement.rules import wrong_shares

BUYER_SIDE = (PartyRole.BUYER, *FOR_THE_BUYER, PartyRole.DESIGNER)
_ALONE = (PartyRole.COORDINATOR, PartyRole.DELEGATE)


def _shares(contract: Contract, but: int = 0) -> Iterable[Decimal | None]:
    held = ContractParty.objects.filter(
        contract=contract, role=PartyRole.BUYER, revoked_at=None, valid_to=None
    )
    return list(held.exclude(pk=but).order_by("id").values_list("share", flat=True))


def _check_share(contract: Contract, share: Decimal | None, but: int = 0) -> None:
    if share is not None and (told := wrong_shares([*_shares(contract, but), share])):
        raise Invalid({"share": told})


@operation("procurement.buyer.admitted")
def admit_for_buyer(
    *,
    actor: Actor,
    contract_uid: UUID,
    organisation_uid: UUID,
    role: PartyRole,
    valid_from: date,
    valid_to: date | None = None,
    share: Decimal | None = None,
) -> UUID:
    """Let an organisation take part on the buyer's side between two days; return the uid of its place.

    A member of a groupement de commandes may have a share; there is one coordonnateur and one mandataire at a time.
    Raises NotAllowed, Absent, WrongState, AlreadyHeld, Invalid.
    """
    contract = piloted_contract(actor, contract_uid)
    if role not in BUYER_SIDE:
        raise Invalid({"role": "Choisissez un rôle du côté du maître d'ouvrage."})
    if valid_to is not None and valid_to < valid_from:
        raise Invalid({"valid_to": "La fin du rôle précède le début."})
    if share is not None and role != PartyRole.BUYER:
        raise Invalid({"share": "Seul un maître d'ouvrage du groupement a une part."})
    organisation_id = organisation_pk(actor, organisation_uid)
    held = ContractParty.objects.filter(contract=contract, role=role, lot=None, revoked_at=None)
    open_now = held.filter(valid_to=None)
    if open_now.filter(organisation_id=organisation_id).exists():
        raise AlreadyHeld(f"Cet organisme est déjà {role.label.lower()} du marché.", "organisation")
    if role in _ALONE and open_now.exists():
        raise AlreadyHeld(f"{role.label} : il y en a déjà un. Terminez d'abord son rôle.", "organisation")
    _check_share(contract, share)
    party = take_place(contract, Place(organisation_id, role, valid_from, share=share))
    if party.valid_to != valid_to or party.share != share:
        change(party, valid_to=valid_to, share=share)
    return party.uid


def _party(actor: Actor, uid: UUID) -> tuple[Contract, ContractParty]:
    seen = parties_visible_to(actor)
    known = seen.filter(uid=uid, revoked_at=None).select_related("contract").first()
    if known is None:
        raise Absent("procurement.ContractParty")
    contract = piloted_contract(actor, known.contract.uid)
    return contract, lock(seen, uid=uid)


@operation("procurement.buyer.shared")
def set_share(*, actor: Actor, party_uid: UUID, share: Decimal | None) -> UUID:
    """Set the share of a maître d'ouvrage in its groupement de commandes. Raises NotAllowed, Absent, Invalid."""
    contract, row = _party(actor, party_uid)
    if row.role != PartyRole.BUYER:
        raise Invalid({"share": "Seul un maître d'ouvrage du groupement a une part."})
    _check_share(contract, share, but=row.pk)
    change(row, share=share)
    return row.uid


@operation("procurement.party.ended")
def end_party(*, actor: Actor, party_uid: UUID, valid_to: date, reason: str = "") -> UUID:
    """Say which day is the last of a role. What was read and typed until then stays.

    The maître d'ouvrage of the contract, its titulaires and its structures have their own acts.
    Raises NotAllowed, Absent, Invalid.
    """
    known = parties_visible_to(actor).filter(uid=party_uid, revoked_at=None).select_related("contract").first()
    if known is None:
        raise Absent("procurement.ContractParty")
    demand(
        permissions.can_end_party(
            actor,
            owner_org_id=known.contract.owner_org_id,
            state=known.contract.state,
            role=known.role,
            main_buyer=known.role == PartyRole.BUYER and known.organisation_id == known.contract.buyer_id,
            ended=known.valid_to is not None,
        )
    )
    row = _party(actor, party_uid)[1]
    if valid_to < row.valid_from:
        raise Invalid({"valid_to": "La fin du rôle précède le début."})
    because(collapse(reason))
    change(row, valid_to=valid_to)
    return row.uid
