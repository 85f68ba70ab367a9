"""Who may do what about persons; each refusal carries the sentence shown beside the button."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_create_participant(actor: Actor) -> Decision:
    """A structure facilitatrice registers persons."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice enregistre une personne.")


def can_follow(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure that registered the person changes, checks and puts to work; the others read."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice suit une personne.")
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui suit cette personne peut le faire.")
    return ALLOWED


def can_read_reasons(actor: Actor, *, owner_org_id: int, referred_by_id: int | None) -> Decision:
    """The structure in charge, and the prescriber who referred; never a firm nor a buyer."""
    if owner_org_id == actor.organisation_id and actor.can("facilitator"):
        return ALLOWED
    if referred_by_id == actor.organisation_id and actor.can("prescriber"):
        return ALLOWED
    return refused(
        "Les motifs sont réservés à la structure qui suit la personne et au prescripteur qui l'a orientée."
    )


def can_refer(actor: Actor) -> Decision:
    """A prescriber proposes candidates to the structures it works with, and follows its own proposals."""
    return ALLOWED if actor.can("prescriber") else refused("Seul un prescripteur propose un candidat.")


def can_carry_referral(actor: Actor, *, prescriber_id: int) -> Decision:
    """The prescriber who proposed completes and withdraws."""
    if prescriber_id == actor.organisation_id and actor.can("prescriber"):
        return ALLOWED
    return refused("Seul le prescripteur qui a proposé cette personne peut le faire.")


def can_answer_referral(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure to which a candidate was proposed takes, accepts, returns, refuses."""
    if owner_org_id == actor.organisation_id and actor.can("facilitator"):
        return ALLOWED
    return refused("Seule la structure à qui cette personne est proposée peut répondre.")


def can_tell_needs(actor: Actor) -> Decision:
    """A structure facilitatrice tells its needs, and says which prescribers it works with."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice publie ses besoins et choisit ses prescripteurs.")


def can_choose_evidence(actor: Actor) -> Decision:
    """An administrator of a structure facilitatrice says which papers it keeps."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice choisit ses pièces.")
    if not actor.is_admin:
        return refused("Seul un administrateur de votre structure change ce réglage.")
    return ALLOWED


def can_admit_options(actor: Actor) -> Decision:
    """A structure facilitatrice says which publics « sur option » it admits."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice choisit ses publics sur option.")
    return ALLOWED
