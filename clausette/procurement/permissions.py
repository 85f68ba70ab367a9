"""Who may do what on procurement contracts; each refusal carries the sentence shown beside the button."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.procurement.enums import ContractState, PartyRole

_OVER = frozenset({ContractState.CLOSED, ContractState.ABANDONED, ContractState.FRUITLESS})


def can_create_contract(actor: Actor) -> Decision:
    """A structure facilitatrice records contracts."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice enregistre un marché.")


def can_pilot(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure référente alone changes its contract; the others read it."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice modifie un marché.")
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure référente modifie ce marché.")
    return ALLOWED


def can_change_contract(actor: Actor, *, owner_org_id: int, state: str) -> Decision:
    """The structure référente, as long as the contract is not over."""
    decision = can_pilot(actor, owner_org_id=owner_org_id)
    if decision and state in _OVER:
        return refused(f"Ce marché est « {ContractState(state).label} » : il ne change plus.")
    return decision


_HANDS = frozenset({PartyRole.EMPLOYER, PartyRole.SUBCONTRACTOR})


def can_admit(actor: Actor, *, owner_org_id: int, state: str, role: str, shares: bool) -> Decision:
    """The structure référente admits anyone; one that shares the contract admits who employs its people."""
    if shares and role in _HANDS and actor.can("facilitator") and state not in _OVER:
        return ALLOWED
    return can_change_contract(actor, owner_org_id=owner_org_id, state=state)
