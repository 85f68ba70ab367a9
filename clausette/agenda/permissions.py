"""Who reminds the firms of their statements."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_remind(actor: Actor) -> Decision:
    """A structure facilitatrice reminds the firms of the marchés that it holds, by its own ladder and texts."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice relance les entreprises.")
