"""Who follows the path of a person, and who runs a funded operation."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_follow_path(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure that follows the person writes and reads training, interviews, exit and FSE+ answers."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice suit un parcours.")
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui suit cette personne suit son parcours.")
    return ALLOWED


def can_fund(actor: Actor) -> Decision:
    """A structure facilitatrice runs its own FSE+ operations."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice tient une opération FSE+.")
