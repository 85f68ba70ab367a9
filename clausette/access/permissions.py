"""Who may do what to organisations, members and invitations."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_register_organisation(actor: Actor) -> Decision:
    """A facilitator registers the bodies it works with."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice enregistre un organisme.")


def can_administer(actor: Actor) -> Decision:
    """An administrator of the organisation manages its members."""
    if actor.is_admin:
        return ALLOWED
    return refused("Seul un administrateur de votre structure peut gérer ses membres.")


def can_invite(actor: Actor, *, own: bool, has_members: bool) -> Decision:
    """One's own organisation by its administrators; a body without any member by a facilitator."""
    if own:
        return can_administer(actor)
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice invite un autre organisme.")
    if has_members:
        return refused("Cet organisme a déjà ses membres : son administrateur invite ses collègues.")
    return ALLOWED
