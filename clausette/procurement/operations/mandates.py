"""« Mandats de déclaration »: given, prolonged, withdrawn by the firm; accepted by a person (docs/adr/0022)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from clausette.access.enums import Capability
from clausette.access.errors import InvitationGone
from clausette.access.failures import count_sending
from clausette.access.install import make_account
from clausette.access.queries import get_organisation, members
from clausette.access.rights import mandate_rights
from clausette.access.rules import secret_hash
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.queue import enqueue
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.links import mandate_secret
from clausette.procurement.models import Mandate
from clausette.procurement.queries.mandates import read_mandate
from clausette.procurement.queries.visibility import contract_key, mandates_visible_to
from clausette.procurement.rules.mandates import Told, end_of, refused_dates, refused_end

OVER = "Ce mandat est terminé ou retiré : donnez-en un nouveau."
ITSELF = "C'est votre propre structure : ses membres déclarent déjà."
FACILITATING = "Une structure facilitatrice saisit déjà les heures des marchés qu'elle suit : pas de mandat."
ALREADY_MEMBER = "Cette personne est membre de votre structure : elle déclare déjà vos heures."
NO_LINK = "Ce mandat est donné à un organisme : ses membres s'en servent sans lien."
ACCEPTED = "Cette personne a déjà accepté ce mandat : elle se connecte, sans nouveau lien."


@dataclass(frozen=True, slots=True)
class MandateEntry:
    """To whom, on what, when. `holder_uid` an organisation, else `email` a person. No contract: all of them."""

    starts_on: date
    ends_on: date | None = None
    holder_uid: UUID | None = None
    email: str = ""
    full_name: str = ""
    contract_uid: UUID | None = None


@operation("procurement.mandate.given")
def give_mandate(*, actor: Actor, entry: MandateEntry, on: date, site: str) -> UUID:
    """Let an organisation or a person declare the hours of the actor's firm, told by mail: a person gets a link.

    `site`: the address of this installation. Raises NotAllowed, Absent (organisation, contract), Invalid by field,
    Refusal (the same runs already).
    """
    demand(permissions.can_give_mandate(actor))
    ends_on = end_of(entry.starts_on, entry.ends_on)
    refused = refused_dates(entry.starts_on, ends_on, on=on)
    email = entry.email.strip().lower()
    holder_id = None
    if entry.holder_uid is not None:
        holder = get_organisation(actor=actor, uid=entry.holder_uid)
        holder_id = holder.id
        if holder.id == actor.organisation_id:
            refused["holder"] = ITSELF
        elif Capability.FACILITATOR in holder.capabilities:
            refused["holder"] = FACILITATING
    elif email in {one.email for one in members(actor=actor)}:
        refused["email"] = ALREADY_MEMBER
    if refused:
        raise Invalid(refused)
    uid = uuid4()
    named = {} if holder_id else {
        "email": email, "full_name": collapse(entry.full_name)[:150],
        "token_hash": secret_hash(mandate_secret(uid, None)),
    }  # fmt: skip
    contract_id = contract_key(actor, entry.contract_uid).id if entry.contract_uid else None
    created(
        Mandate(
            uid=uid, organisation_id=actor.organisation_id, holder_id=holder_id, contract_id=contract_id,
            starts_on=entry.starts_on, ends_on=ends_on, given_by_id=actor.account_id, **named,
        )
    )  # fmt: skip
    if holder_id:
        _tell(uid, "given", ends_on)
    else:
        enqueue("procurement.mail_mandate", actor=actor, mandate=str(uid), site=site)
    return uid


def _tell(uid: UUID, told: Told, ends_on: date) -> None:
    """Have the administrators of who holds it told, after the commit."""
    enqueue("procurement.mail_mandate_told", mandate=str(uid), told=told, until=ends_on.isoformat())


def _running(actor: Actor, uid: UUID, on: date) -> Mandate:
    demand(permissions.can_give_mandate(actor))
    row = lock(mandates_visible_to(actor).filter(organisation_id=actor.owner_id), uid=uid)
    if row.revoked_at is not None or row.ends_on < on:
        raise WrongState(OVER)
    return row


@operation("procurement.mandate.revoked")
def revoke_mandate(*, actor: Actor, uid: UUID, on: date, at: datetime) -> UUID:
    """Withdraw a mandate: the next request of who holds it has no rights. Raises NotAllowed, Absent, WrongState."""
    row = change(_running(actor, uid, on), revoked_at=at)
    if row.holder_id:
        _tell(uid, "revoked", row.ends_on)
    return row.uid


@operation("procurement.mandate.extended")
def extend_mandate(*, actor: Actor, uid: UUID, ends_on: date, on: date) -> UUID:
    """Change the last day of a mandate. Raises NotAllowed, Absent, WrongState (over), Invalid (`ends_on`)."""
    row = _running(actor, uid, on)
    if refused := refused_end(row.starts_on, ends_on, on=on):
        raise Invalid(refused)
    if row.holder_id and ends_on != row.ends_on:
        _tell(uid, "extended", ends_on)
    return change(row, ends_on=ends_on).uid


@operation("procurement.mandate.sent")
def send_mandate_link(*, actor: Actor, uid: UUID, on: date, at: datetime, site: str) -> UUID:
    """Send the link of a mandate that waits for its person: a new one, the former opens nothing any more.

    Raises NotAllowed, Absent, WrongState (over, given to an organisation, accepted already), Refusal (too often).
    """
    row = _running(actor, uid, on)
    if row.holder_id:
        raise WrongState(NO_LINK)
    if row.account_id:
        raise WrongState(ACCEPTED)
    count_sending(f"mandate {uid}", on=on, at=at)
    enqueue("procurement.mail_mandate", actor=actor, mandate=str(uid), site=site)
    return change(row, sent_at=at, token_hash=secret_hash(mandate_secret(uid, at))).uid


@operation("procurement.mandate.accepted")
def _accepted(*, actor: Actor, token_hash: str) -> None:
    created(mandates_visible_to(actor).get(token_hash=token_hash))


def open_mandate_account(*, secret: str, full_name: str, password: str) -> int:
    """Make the account of a person who holds such a link; return its number. Raises InvitationGone, Refusal."""
    card = read_mandate(secret=secret)
    if card is None:
        raise InvitationGone
    return make_account(email=card.email, full_name=full_name, password=password)


def accept_mandate(*, session_key: str, secret: str) -> str:
    """Let the signed-in person use the mandate of a link; return the slug of the firm. Raises InvitationGone.

    The address of the account must be the one named. Opens its own transaction and rights.
    """
    try:
        with mandate_rights(session_key, secret_hash(secret)) as actor:
            _accepted(actor=actor, token_hash=secret_hash(secret))
            return actor.slug
    except Absent:
        raise InvitationGone from None
