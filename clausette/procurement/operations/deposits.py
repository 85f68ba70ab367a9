"""« Dépôt sans compte »: a contact of a firm declares its hours on a contract by an e-mailed link (docs/adr/0020)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from clausette.access.failures import count_sending
from clausette.access.operations import begin_deposit, renew_word
from clausette.access.queries import deposits_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.queue import enqueue
from clausette.procurement import permissions
from clausette.procurement.enums import DECLARING
from clausette.procurement.models import DepositContract, PartyContact
from clausette.procurement.queries.parties import shares_contract
from clausette.procurement.queries.visibility import (
    contacts_visible_to,
    deposit_contracts_visible_to,
    parties_visible_to,
)
from clausette.procurement.rules.deposits import refused_end

if TYPE_CHECKING:
    from clausette.access.models import Deposit

ENDED = "Ce dépôt sans compte est terminé ou retiré : ouvrez-en un nouveau depuis le contact."


@dataclass(frozen=True, slots=True)
class OpenedDeposit:
    """A deposit opened on a contract. `word`: the access word, told once; "" when the person has theirs already."""

    uid: UUID
    word: str


def _followed(actor: Actor, *, owner_org_id: int, contract_id: int) -> None:
    shares = shares_contract(actor=actor, contract_id=contract_id)
    demand(permissions.can_keep_contacts(actor, owner_org_id=owner_org_id, shares=shares))


def _contact(actor: Actor, uid: UUID) -> PartyContact:
    row = contacts_visible_to(actor).filter(uid=uid).select_related("contract").first()
    if row is None:
        raise Absent("procurement.PartyContact")
    _followed(actor, owner_org_id=row.contract.owner_org_id, contract_id=row.contract_id)
    if row.closed_on is not None:
        raise WrongState("Ce contact est fermé.")
    if not row.email:
        raise WrongState("Ce contact n'a pas d'adresse électronique : ajoutez-la d'abord.")
    held = parties_visible_to(actor).filter(
        contract_id=row.contract_id, organisation_id=row.organisation_id, role__in=DECLARING, revoked_at=None
    )
    if not held.exists():
        raise WrongState("Cet organisme ne déclare pas d'heures sur ce marché.")
    return row


@operation("procurement.deposit.opened")
def open_deposit(
    *, actor: Actor, contact_uid: UUID, ends_on: date, on: date, at: datetime, site: str
) -> OpenedDeposit:
    """Let a contact declare the hours of its firm on the contract until a day; a mail gives the link.

    A person who has an open deposit of the structure for this firm keeps link and word. `site`: the address of this
    installation. Raises NotAllowed, Absent, WrongState, Invalid (`ends_on`), Refusal (open already).
    """
    contact = _contact(actor, contact_uid)
    if sentence := refused_end(ends_on, on=on):
        raise Invalid({"ends_on": sentence})
    deposit, word = _deposit(actor, contact, on, at)
    row = created(
        DepositContract(
            deposit=deposit, owner_org_id=actor.organisation_id, contract_id=contact.contract_id,
            organisation_id=contact.organisation_id, ends_on=ends_on, opened_by_id=actor.account_id,
        )
    )  # fmt: skip
    enqueue("access.mail_deposit_link", actor=actor, deposit=str(deposit.uid), site=site)
    return OpenedDeposit(row.uid, word)


def _deposit(actor: Actor, contact: PartyContact, on: date, at: datetime) -> "tuple[Deposit, str]":
    email = contact.email.strip().lower()
    mine = deposits_visible_to(actor).filter(organisation_id=contact.organisation_id, email=email)
    found = mine.first()
    if found is None:
        return begin_deposit(
            actor=actor, organisation_id=contact.organisation_id, email=email, full_name=contact.name[:130]
        )
    here = deposit_contracts_visible_to(actor).filter(deposit=found, revoked_at=None)
    # the one that ended on this contract makes room for the new one
    for ended in here.filter(contract_id=contact.contract_id, ends_on__lt=on):
        change(lock(deposit_contracts_visible_to(actor), uid=ended.uid), revoked_at=at)
    if here.filter(ends_on__gte=on).exists():
        return found, ""
    word = renew_word(actor=actor, uid=found.uid, new_link=True)
    return mine.get(), word


def _open(actor: Actor, uid: UUID, *, on: date) -> DepositContract:
    known = deposit_contracts_visible_to(actor).filter(uid=uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.DepositContract")
    _followed(actor, owner_org_id=known.contract.owner_org_id, contract_id=known.contract_id)
    row = lock(deposit_contracts_visible_to(actor), uid=uid)
    if row.revoked_at is not None or row.ends_on < on:
        raise WrongState(ENDED)
    return row


@operation("procurement.deposit.revoked")
def revoke_deposit(*, actor: Actor, uid: UUID, on: date, at: datetime) -> UUID:
    """Close a deposit on its contract at once, sessions included. Raises NotAllowed, Absent, WrongState (over)."""
    row = _open(actor, uid, on=on)
    change(row, revoked_at=at)
    return row.uid


@operation("procurement.deposit.extended")
def extend_deposit(*, actor: Actor, uid: UUID, ends_on: date, on: date) -> UUID:
    """Change the last day of a deposit. Raises NotAllowed, Absent, WrongState (over), Invalid (`ends_on`)."""
    row = _open(actor, uid, on=on)
    if sentence := refused_end(ends_on, on=on):
        raise Invalid({"ends_on": sentence})
    change(row, ends_on=ends_on)
    return row.uid


@operation("procurement.deposit.sent")
def send_deposit_link(*, actor: Actor, uid: UUID, on: date, at: datetime, site: str) -> UUID:
    """Send the link again. Raises NotAllowed, Absent, WrongState (over), Refusal (too often)."""
    row = _open(actor, uid, on=on)
    count_sending(f"deposit {row.deposit.uid}", on=on, at=at)
    enqueue("access.mail_deposit_link", actor=actor, deposit=str(row.deposit.uid), site=site)
    return row.uid


@operation("procurement.deposit.word_given")
def give_word(*, actor: Actor, uid: UUID, on: date) -> str:
    """Give another access word, told once: the former opens nothing. Raises NotAllowed, Absent, WrongState (over)."""
    row = _open(actor, uid, on=on)
    return renew_word(actor=actor, uid=row.deposit.uid)
