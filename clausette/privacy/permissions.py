"""Who may hold, release, inform and tell a person's data; each refusal carries the sentence shown beside the button."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_hold(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure that follows the person."""
    if not actor.can("facilitator") or owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui suit cette personne décide de la conservation de ses données.")
    return ALLOWED


def can_lift(actor: Actor, *, owner_org_id: int) -> Decision:
    """An administrator of that structure."""
    if not (decision := can_hold(actor, owner_org_id=owner_org_id)):
        return decision
    if not actor.is_admin:
        return refused("Seul un administrateur de votre structure lève une conservation prolongée.")
    return ALLOWED


def can_erase(actor: Actor, *, owner_org_id: int) -> Decision:
    """An administrator of the structure that follows the person."""
    if not actor.can("facilitator") or owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui suit cette personne efface ses données.")
    if not actor.is_admin:
        return refused("Seul un administrateur de votre structure efface les données d'une personne.")
    return ALLOWED


def can_tell_all(actor: Actor, *, owner_org_id: int) -> Decision:
    """The right of access is answered by the structure that follows the person."""
    if not actor.can("facilitator") or owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui suit cette personne répond à son droit d'accès.")
    return ALLOWED


def can_see_retention(actor: Actor) -> Decision:
    """What will go, and the register: administrators of a structure facilitatrice."""
    if not actor.can("facilitator"):
        return refused("Cette page est réservée aux structures facilitatrices.")
    if not actor.is_admin:
        return refused("Seul un administrateur de votre structure ouvre cette page.")
    return ALLOWED
