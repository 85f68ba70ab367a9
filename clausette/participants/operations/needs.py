"""What a structure says to prescribers: whom it works with, and the people it looks for."""

from datetime import date
from uuid import UUID

from clausette.access.operations import register_organisation
from clausette.access.queries import get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.participants import permissions
from clausette.participants.enums import PrescriberKind
from clausette.participants.models import Need, PrescriberTie
from clausette.participants.queries.referrals import needs_visible_to, ties_visible_to
from clausette.procurement.queries import contract_key


@operation("participants.prescriber.tied")
def tie_prescriber(
    *, actor: Actor, name: str, siret: str = "", commune_name: str = "", kind: PrescriberKind, on: date
) -> UUID:
    """Work with a prescriber from today on: the body of this SIRET, or a new one; return the uid of the body.

    Tied before, it is opened again with this kind. Raises NotAllowed, Refusal (name, SIRET).
    """
    demand(permissions.can_tell_needs(actor))
    uid = register_organisation(
        actor=actor, name=name, siret=siret, commune_name=commune_name, capabilities=("prescriber",)
    )
    body = get_organisation(actor=actor, uid=uid)
    if body.id == actor.organisation_id:
        raise Refusal("C'est votre propre structure.", "siret")
    known = ties_visible_to(actor).filter(owner_org_id=actor.organisation_id, prescriber_id=body.id).first()
    if known is None:
        created(
            PrescriberTie(owner_org_id=actor.organisation_id, prescriber_id=body.id, kind=kind, starts_on=on)
        )
    else:
        change(lock(ties_visible_to(actor), pk=known.pk), kind=kind, ends_on=None)
    return uid


@operation("participants.prescriber.untied")
def untie_prescriber(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """Stop working with a prescriber: it proposes nobody more, and keeps its answers. Raises Absent, NotAllowed."""
    demand(permissions.can_tell_needs(actor))
    row = lock(ties_visible_to(actor).filter(owner_org_id=actor.organisation_id), uid=uid)
    if row.ends_on is not None:
        raise Refusal("Ce prescripteur ne travaille déjà plus avec votre structure.")
    change(row, ends_on=on)
    return row.uid


@operation("participants.need.told")
def tell_need(
    *,
    actor: Actor,
    job: str,
    people: int,
    starts_on: date,
    ends_on: date,
    site: str = "",
    commune_name: str = "",
    contract_uid: UUID | None = None,
    on: date,
) -> UUID:
    """Tell the prescribers of the structure that people are wanted; return the uid of the need.

    They read the job, the number, the place and the dates; nothing of the contract. Raises NotAllowed, Absent, Invalid.
    """
    demand(permissions.can_tell_needs(actor))
    errors = {}
    if not collapse(job):
        errors["job"] = "Donnez le métier."
    if ends_on < on:
        errors["ends_on"] = "Cette date est passée."
    if not 1 <= people <= 200:
        errors["people"] = "Un nombre de personnes de 1 à 200."
    if errors:
        raise Invalid(errors)
    row = Need(
        owner_org_id=actor.organisation_id,
        contract_id=contract_key(actor, contract_uid).id if contract_uid else None,
        job=collapse(job),
        site=collapse(site),
        commune_name=collapse(commune_name),
        people=people,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return created(row).uid


@operation("participants.need.closed")
def close_need(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """Say that nobody more is wanted. Raises Absent, NotAllowed, Refusal."""
    demand(permissions.can_tell_needs(actor))
    row = lock(needs_visible_to(actor).filter(owner_org_id=actor.organisation_id), uid=uid)
    if row.closed_on is not None:
        raise Refusal("Ce besoin est déjà clos.")
    change(row, closed_on=on)
    return row.uid
