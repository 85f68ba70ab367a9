"""Who issues and who reads documents; each refusal carries the sentence shown beside the button."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.reports.enums import Audience


def can_issue(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure référente alone reports and certifies the hours of an engagement, shared or not (MODEL §3)."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice établit un document.")
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure référente du marché établit ses documents.")
    return ALLOWED


def can_replace(actor: Actor, *, owner_org_id: int, replaced_by: str) -> Decision:
    """The structure that issued a document may replace it, once."""
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui a établi ce document peut le remplacer.")
    if replaced_by:
        return refused(f"Ce document est déjà remplacé par le n° {replaced_by}.")
    return ALLOWED


def can_send(actor: Actor, *, owner_org_id: int, audience: str, contract_id: int | None) -> Decision:
    """The structure that issued a document sends it to the buyer, when it may be given out and has one marché."""
    if owner_org_id != actor.organisation_id or not actor.can("facilitator"):
        return refused("Seule la structure qui a établi ce document l'envoie.")
    if audience == Audience.OWN:
        return refused("Cette copie est celle de la structure : elle ne s'envoie pas.")
    if contract_id is None:
        return refused("Ce document porte sur plusieurs marchés : téléchargez-le, puis joignez-le à votre message.")
    return ALLOWED
