"""Who may do what on engagements d'insertion; each refusal carries the sentence shown beside the button."""

from datetime import date

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.procurement.permissions import can_change_contract


def can_create_commitment(
    actor: Actor, *, owner_org_id: int, contract_state: str, has_contractor: bool = True
) -> Decision:
    """The structure référente, on a contract that is not over and that has a titulaire."""
    decision = can_change_contract(actor, owner_org_id=owner_org_id, state=contract_state)
    if decision and not has_contractor:
        return refused("Attribuez d'abord le marché : un engagement a un titulaire.")
    return decision


def can_add_version(
    actor: Actor, *, owner_org_id: int, contract_state: str, closed_on: date | None
) -> Decision:
    """The structure référente, until the engagement is settled."""
    decision = can_change_contract(actor, owner_org_id=owner_org_id, state=contract_state)
    if decision and closed_on is not None:
        return refused("Cet engagement est soldé : il ne change plus.")
    return decision


def can_close(actor: Actor, *, owner_org_id: int, contract_state: str, closed_on: date | None) -> Decision:
    """Settle an engagement: the structure référente, once."""
    decision = can_change_contract(actor, owner_org_id=owner_org_id, state=contract_state)
    if decision and closed_on is not None:
        return refused("Cet engagement est déjà soldé.")
    return decision


def can_simulate_shortfall(actor: Actor) -> Decision:
    """The simulation is for the facilitator and the buyer, who decides (MODEL §6, point 11)."""
    if actor.can("facilitator") or actor.can("buyer"):
        return ALLOWED
    return refused("La simulation est réservée à la structure facilitatrice et au maître d'ouvrage.")
