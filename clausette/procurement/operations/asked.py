"""A firm asks for its sub-contractor; a structure that follows the contract admits and invites it, or says why not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clausette.access.operations import invite, register_organisation
from clausette.access.queries import organisation_with_siret, own_organisation, with_members
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import because, change, created, isolated, lock, operation
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import DECLARING, AskedState, PartyRole
from clausette.procurement.models import AskedSubcontractor
from clausette.procurement.operations.parties import admit_party
from clausette.procurement.queries.asked import leads_in
from clausette.procurement.queries.visibility import (
    asked_visible_to,
    contract_key,
    parties_visible_to,
)

ANSWERED = "Cette demande a déjà sa réponse."
NO_REASON = "Dites en quelques mots pourquoi : l'entreprise lira ce motif."


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """The sub-contractor that a firm names, and the person to invite there."""

    name: str
    siret: str
    email: str
    full_name: str = ""


@operation("procurement.subcontractor.asked")
def ask_subcontractor(*, actor: Actor, contract_uid: UUID, entry: AskedEntry) -> UUID:
    """Ask that a sub-contractor of the actor's firm be admitted in a contract and invited to declare its hours.

    Raises NotAllowed, Absent, Invalid by field, Refusal (asked already).
    """
    contract = contract_key(actor, contract_uid)
    leads = leads_in(actor=actor, contract_id=contract.id)
    demand(permissions.can_ask_subcontractor(actor, leads=leads, state=contract.state))
    name = collapse(entry.name)
    refused = {} if name else {"name": "Écrivez le nom de l'entreprise."}
    try:
        siret = clean_siret(entry.siret)
    except ValueError as error:
        raise Invalid(refused | {"siret": str(error)}) from error
    refused |= _refused_siret(actor, contract.id, siret)
    if refused:
        raise Invalid(refused)
    row = AskedSubcontractor(
        contract_id=contract.id, head_id=actor.organisation_id, asked_by_id=actor.account_id, name=name[:200],
        siret=siret, email=entry.email.strip().lower(), full_name=collapse(entry.full_name)[:150],
    )  # fmt: skip
    return created(row).uid


def _refused_siret(actor: Actor, contract_id: int, siret: str) -> dict[str, str]:
    if own_organisation(actor=actor).siret == siret:
        return {"siret": "C'est votre propre SIRET."}
    known = organisation_with_siret(actor=actor, siret=siret)
    held = parties_visible_to(actor).filter(contract_id=contract_id, role__in=DECLARING, revoked_at=None)
    if known and with_members([known.id]) and held.filter(organisation_id=known.id).exists():
        return {"siret": f"{known.name} déclare déjà ses heures sur ce marché."}
    return {}


def _waiting(actor: Actor, uid: UUID) -> AskedSubcontractor:
    row = lock(asked_visible_to(actor), uid=uid)
    if row.state != AskedState.WAITING:
        raise WrongState(ANSWERED)
    return row


@operation("procurement.subcontractor.withdrawn")
def withdraw_asked(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    """Take back a request that nobody has answered. Raises NotAllowed, Absent, WrongState."""
    row = _waiting(actor, uid)
    demand(permissions.can_withdraw_asked(actor, head_id=row.head_id))
    return _answer(actor, row, AskedState.WITHDRAWN, at)


@operation("procurement.subcontractor.refused")
def refuse_asked(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Say no, and why. Raises NotAllowed, Absent, WrongState, Invalid (`reason`)."""
    row = _waiting(actor, uid)
    demand(permissions.can_answer_asked(actor))
    text = collapse(reason)
    if len(text) < 5:
        raise Invalid({"reason": NO_REASON})
    because(text)
    return _answer(actor, row, AskedState.REFUSED, at, reason=text[:300])


@operation("procurement.subcontractor.accepted")
def _accepted(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    return _answer(actor, _waiting(actor, uid), AskedState.ACCEPTED, at)


def _answer(actor: Actor, row: AskedSubcontractor, state: AskedState, at: datetime, reason: str = "") -> UUID:
    return change(
        row, state=state, reason=reason, answered_at=at, answered_by_id=actor.account_id, email="", full_name=""
    ).uid


def accept_asked(*, actor: Actor, uid: UUID, on: date, at: datetime, site: str) -> UUID:
    """Admit the sub-contractor from `on`, under the firm that asked, and invite its first person; all or nothing.

    A body that has its members already is not invited: its people see the contract. Raises NotAllowed, Absent,
    WrongState, Invalid, Refusal.
    """
    row = asked_visible_to(actor).filter(uid=uid).select_related("contract", "head").first()
    if row is None:
        raise Absent("procurement.AskedSubcontractor")
    demand(permissions.can_answer_asked(actor))
    if row.state != AskedState.WAITING:
        raise WrongState(ANSWERED)
    with isolated():
        body = register_organisation(
            actor=actor, name=row.name, siret=row.siret, capabilities=("contractor", "employer")
        )
        admit_party(
            actor=actor, contract_uid=row.contract.uid, organisation_uid=body, role=PartyRole.SUBCONTRACTOR,
            valid_from=on, head_uid=row.head.uid,
        )  # fmt: skip
        known = organisation_with_siret(actor=actor, siret=row.siret)
        if known and not with_members([known.id]):
            invite(actor=actor, email=row.email, full_name=row.full_name, organisation=body, at=at, site=site)
        return _accepted(actor=actor, uid=uid, at=at)
