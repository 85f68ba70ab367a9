"""What was typed by mistake is withdrawn with its reason, unless it has hours (database); a mise à disposition ends."""

from datetime import date, datetime
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import about, because, change, lock, operation
from clausette.kernel.text import collapse
from clausette.placements import permissions
from clausette.placements.models import Allocation, Placement
from clausette.placements.operations.placing import changeable
from clausette.placements.queries.visibility import allocations_visible_to, placements_visible_to

LEAST, MOST = 5, 300


def _reason(text: str) -> str:
    cleaned = collapse(text)
    if len(cleaned) < LEAST:
        raise Invalid({"reason": "Dites pourquoi c'est retiré."})
    if len(cleaned) > MOST:
        raise Invalid({"reason": f"Ce texte est trop long : {MOST} caractères au plus."})
    return cleaned


@operation("placements.placement.withdrawn")
def withdraw_placement(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Withdraw a mise à l'emploi typed by mistake, with its mises à disposition; return the uid of its person.

    Also once its end was recorded. Raises Refusal when it has hours (it is ended instead), Invalid (« reason »),
    WrongState (another work contract follows it), NotAllowed, Absent.
    """
    seen = placements_visible_to(actor)
    held = seen.filter(uid=uid).select_related("participant").first()
    if held is None:
        raise Absent("placements.Placement")
    demand(permissions.can_change_placement(actor, owner_org_id=held.owner_org_id, ended_on=None))
    text = _reason(reason)
    row = lock(seen, uid=uid)
    if seen.filter(follows=row).exists():
        raise WrongState("Un autre contrat de travail en est la suite : retirez d'abord celui-là.")
    because(text)
    for part in _parts(actor, row):
        change(lock(allocations_visible_to(actor), pk=part.pk), withdrawn_at=at)
    change(row, withdrawn_at=at, withdrawn_reason=text)
    return held.participant.uid


def _parts(actor: Actor, row: Placement) -> list[Allocation]:
    return list(allocations_visible_to(actor).filter(placement=row).order_by("id"))


def _allocation(actor: Actor, uid: UUID) -> tuple[Placement, Allocation]:
    """Lock a mise à disposition with its work contract, which must be one that the actor may change."""
    held = allocations_visible_to(actor).filter(uid=uid).values_list("placement_id", flat=True).first()
    owner = placements_visible_to(actor).filter(pk=held or 0).values_list("uid", flat=True).first()
    if owner is None:
        raise Absent("placements.Allocation")
    return changeable(actor, owner), lock(allocations_visible_to(actor), uid=uid)


@operation("placements.allocation.ended")
def end_allocation(*, actor: Actor, uid: UUID, ends_on: date, on: date) -> UUID:
    """Say the last day of a mise à disposition, the work contract going on; return the uid of the work contract.

    Raises Invalid (« ends_on »), WrongState, NotAllowed, Absent.
    """
    placement, row = _allocation(actor, uid)
    last = row.ends_on or placement.ends_on
    if ends_on < row.starts_on:
        raise Invalid({"ends_on": f"La mise à disposition commence le {format_date(row.starts_on)}."})
    if last is not None and ends_on >= last:
        raise Invalid({"ends_on": f"La mise à disposition prend déjà fin le {format_date(last)}."})
    about(contract_id=row.contract_id)
    change(row, ends_on=ends_on)
    return placement.uid


@operation("placements.allocation.withdrawn")
def withdraw_allocation(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Withdraw a mise à disposition typed by mistake; return the uid of the work contract.

    Raises Refusal when it has hours, WrongState (it is the only one: the mise à l'emploi is withdrawn instead),
    Invalid (« reason »), NotAllowed, Absent.
    """
    text = _reason(reason)
    placement, row = _allocation(actor, uid)
    if len(_parts(actor, placement)) == 1:
        raise WrongState("C'est la seule mise à disposition : retirez la mise à l'emploi.")
    about(contract_id=row.contract_id)
    because(text)
    change(row, withdrawn_at=at)
    return placement.uid
