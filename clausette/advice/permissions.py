"""Who studies the purchases of buyers."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_study(actor: Actor) -> Decision:
    """A structure facilitatrice advises buyers; its studies are its own."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice étudie les achats d'un maître d'ouvrage.")
