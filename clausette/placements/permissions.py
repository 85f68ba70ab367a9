"""Who may put a person to work, prolong, end; each refusal carries the sentence shown beside the button."""

from datetime import date

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.participants.permissions import can_follow


def can_place(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure that follows the person; the contract must be one that it pilots or shares."""
    return can_follow(actor, owner_org_id=owner_org_id)


def can_change_placement(actor: Actor, *, owner_org_id: int, ended_on: date | None) -> Decision:
    """The structure that follows the person, until the end of the work contract is recorded."""
    decision = can_follow(actor, owner_org_id=owner_org_id)
    if decision and ended_on is not None:
        return refused("Ce contrat de travail est terminé : il ne change plus.")
    return decision


def can_prolong(actor: Actor, *, owner_org_id: int, ends_on: date | None, ended_on: date | None) -> Decision:
    """The same, when there is an end to move."""
    decision = can_change_placement(actor, owner_org_id=owner_org_id, ended_on=ended_on)
    if decision and ends_on is None:
        return refused("Ce contrat de travail n'a pas de fin prévue : il n'y a rien à prolonger.")
    return decision if not decision else ALLOWED
