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


def can_complete(actor: Actor, *, own: bool, registered_here: bool, has_members: bool) -> Decision:
    """The card of one's own body by its administrators; of a body registered here as long as nobody sits in it."""
    if own:
        if actor.is_admin:
            return ALLOWED
        return refused("Seul un administrateur de votre structure peut modifier sa fiche.")
    if not registered_here:
        return refused(
            "Cet organisme a été enregistré par une autre structure : elle seule complète sa fiche."
        )
    if has_members:
        return refused("Cet organisme a maintenant ses membres : son administrateur tient sa fiche.")
    return ALLOWED


def can_forget_factor(actor: Actor, *, is_self: bool, enrolled: bool, elsewhere: bool) -> Decision:
    """An administrator, for a colleague who lost telephone and codes, and who acts for this structure only."""
    if not (decision := can_administer(actor)):
        return decision
    if is_self:
        return refused("C'est votre compte : demandez-le à un autre administrateur de votre structure.")
    if not enrolled:
        return refused("Cette personne n'a pas de double authentification à retirer.")
    if elsewhere:
        return refused(
            "Cette personne agit aussi pour une autre structure : la vôtre ne peut pas, seule, affaiblir son compte."
        )
    return ALLOWED


def can_invite(actor: Actor, *, own: bool, has_members: bool) -> Decision:
    """One's own organisation by its administrators; a body without any member by a facilitator."""
    if own:
        return can_administer(actor)
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice invite un autre organisme.")
    if has_members:
        return refused("Cet organisme a déjà ses membres : son administrateur invite ses collègues.")
    return ALLOWED


def can_open_deposit(actor: Actor) -> Decision:
    """A facilitator lets a person of a firm declare without an account."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice ouvre un dépôt sans compte.")


def can_read_readings(actor: Actor) -> Decision:
    """An administrator reads who opened which person."""
    if actor.is_admin:
        return ALLOWED
    return refused("Seul un administrateur de votre structure voit qui a lu quoi.")
