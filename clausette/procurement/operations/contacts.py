"""Whom to call: contacts typed by a structure for itself; closed, never erased."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.models import Contract, PartyContact
from clausette.procurement.operations.checks import organisation_pk
from clausette.procurement.queries.parties import shares_contract
from clausette.procurement.queries.visibility import (
    contacts_visible_to,
    contracts_visible_to,
    parties_visible_to,
)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A person, and how to reach them: an e-mail or a telephone number at least."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


def _details(details: ContactDetails) -> dict[str, str]:
    values = {name: collapse(value) for name, value in asdict(details).items()}
    errors: dict[str, str] = {}
    if not values["name"]:
        errors["name"] = "Donnez le nom du contact."
    if not values["email"] and not values["phone"]:
        errors["email"] = "Donnez un courriel ou un téléphone."
    if errors:
        raise Invalid(errors)
    return values


def _followed(actor: Actor, contract: Contract | None) -> Contract:
    if contract is None:
        raise Absent("procurement.Contract")
    shares = shares_contract(actor=actor, contract_id=contract.pk)
    demand(permissions.can_keep_contacts(actor, owner_org_id=contract.owner_org_id, shares=shares))
    return contract


@operation("procurement.contact.created")
def add_contact(*, actor: Actor, contract_uid: UUID, organisation_uid: UUID, details: ContactDetails) -> UUID:
    """Keep a contact of one of the organisations of a contract. Raises NotAllowed, Absent, Invalid."""
    contract = _followed(actor, contracts_visible_to(actor).filter(uid=contract_uid).first())
    organisation_id = organisation_pk(actor, organisation_uid)
    held = parties_visible_to(actor).filter(contract=contract, organisation_id=organisation_id, revoked_at=None)
    if not held.exists():
        raise Invalid({"organisation": "Cet organisme ne prend pas part au marché."})
    return created(
        PartyContact(
            owner_org_id=actor.organisation_id,
            contract=contract,
            organisation_id=organisation_id,
            **_details(details),
        )
    ).uid


def _own(actor: Actor, uid: UUID) -> PartyContact:
    seen = contacts_visible_to(actor)
    known = seen.filter(uid=uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.PartyContact")
    _followed(actor, known.contract)
    row = lock(seen, uid=uid)
    if row.closed_on is not None:
        raise WrongState("Ce contact est fermé.")
    return row


@operation("procurement.contact.changed")
def change_contact(*, actor: Actor, uid: UUID, details: ContactDetails) -> UUID:
    """Change a contact. Raises NotAllowed, Absent, WrongState (closed), Invalid."""
    row = _own(actor, uid)
    change(row, **_details(details))
    return row.uid


@operation("procurement.contact.closed")
def close_contact(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """Say that a contact is no longer the right one. Raises NotAllowed, Absent, WrongState."""
    row = _own(actor, uid)
    change(row, closed_on=on)
    return row.uid
