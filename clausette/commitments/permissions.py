"""Who may do what on engagements d'insertion; each refusal carries the sentence shown beside the button."""

from datetime import date

from clausette.commitments.enums import CommitmentKind
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


def can_reopen(actor: Actor, *, owner_org_id: int, contract_state: str, closed_on: date | None) -> Decision:
    """Open a settled engagement again: the structure référente."""
    decision = can_change_contract(actor, owner_org_id=owner_org_id, state=contract_state)
    if decision and closed_on is None:
        return refused("Cet engagement n'est pas soldé.")
    return decision


def can_set_defaults(actor: Actor) -> Decision:
    """The default rules are those of the structure facilitatrice that the actor acts for."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice a des règles par défaut.")


def can_declare_base(
    actor: Actor, *, lead_org_id: int, owner_org_id: int, contractor_id: int, kind: str, closed_on: date | None
) -> Decision:
    """Hours worked are declared by the titulaire, or by a structure that follows the contract, until the settling."""
    if kind != CommitmentKind.SHARE_OF_HOURS:
        return refused("Cet engagement n'est pas une part des heures travaillées.")
    if closed_on is not None:
        return refused("Cet engagement est soldé : il ne change plus.")
    follows = actor.can("facilitator") and actor.organisation_id in (lead_org_id, owner_org_id)
    if follows or contractor_id == actor.organisation_id:
        return ALLOWED
    return refused("Le titulaire ou la structure référente déclare les heures travaillées.")
