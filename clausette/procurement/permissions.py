"""Who may do what on procurement contracts; each refusal carries the sentence shown beside the button."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.procurement.enums import FOR_THE_BUYER, ContractState, PartyRole

_OVER = frozenset({ContractState.CLOSED, ContractState.ABANDONED, ContractState.FRUITLESS})


def can_create_contract(actor: Actor) -> Decision:
    """A structure facilitatrice records contracts."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice enregistre un marché.")


def can_give_mandate(actor: Actor) -> Decision:
    """An administrator of a firm that declares hours lets others declare for it: never who acts by a mandate."""
    if actor.deposit:
        return refused("Seule l'entreprise elle-même donne ou retire un mandat.")
    if not (actor.can("contractor") or actor.can("employer")):
        return refused("Un mandat de déclaration se donne par une entreprise qui déclare des heures.")
    if not actor.is_admin:
        return refused("Seul un administrateur de votre structure donne ou retire un mandat.")
    return ALLOWED


def can_ask_subcontractor(actor: Actor, *, leads: bool, state: str) -> Decision:
    """A member of a firm of the contract names its sub-contractor; not who acts by a mandate or without an account."""
    if actor.deposit:
        return refused("Seule l'entreprise elle-même demande un sous-traitant.")
    if not leads:
        return refused("Votre entreprise n'est ni titulaire, ni cotraitante, ni sous-traitante de ce marché.")
    if state in _OVER:
        return refused(f"Ce marché est « {ContractState(state).label} » : il ne change plus.")
    return ALLOWED


def can_withdraw_asked(actor: Actor, *, head_id: int) -> Decision:
    """The firm that asked takes its request back."""
    if not actor.deposit and head_id == actor.organisation_id:
        return ALLOWED
    return refused("Seule l'entreprise qui a fait cette demande la retire.")


def can_answer_asked(actor: Actor) -> Decision:
    """A structure that follows the contract answers (who sees the request is one, or the firm)."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("La structure qui suit le marché répond à cette demande.")


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


def can_change_operation(actor: Actor, *, owner_org_id: int) -> Decision:
    """The structure that recorded an operation changes it."""
    if not actor.can("facilitator"):
        return refused("Seule une structure facilitatrice modifie une opération.")
    if owner_org_id != actor.organisation_id:
        return refused("Seule la structure qui a enregistré cette opération la modifie.")
    return ALLOWED


def can_enter_amounts(actor: Actor, *, owner_org_id: int, state: str, for_buyer: bool) -> Decision:
    """Orders and invoices are typed by the structure référente, or by the buyer and who acts for him."""
    if state in _OVER:
        return refused(f"Ce marché est « {ContractState(state).label} » : il ne change plus.")
    if for_buyer or can_pilot(actor, owner_org_id=owner_org_id):
        return ALLOWED
    return refused("Le maître d'ouvrage ou la structure référente saisit les commandes et les factures.")


def can_withdraw_amount(actor: Actor, *, owner_org_id: int, state: str, entered_org_id: int) -> Decision:
    """The structure référente withdraws any line, another organisation those it typed."""
    if state in _OVER:
        return refused(f"Ce marché est « {ContractState(state).label} » : il ne change plus.")
    if entered_org_id == actor.organisation_id or can_pilot(actor, owner_org_id=owner_org_id):
        return ALLOWED
    return refused("Seuls la structure référente et l'organisme qui l'a saisie retirent cette ligne.")


def can_keep_contacts(actor: Actor, *, owner_org_id: int, shares: bool) -> Decision:
    """A structure that follows the contract keeps its own contacts."""
    if actor.can("facilitator") and (owner_org_id == actor.organisation_id or shares):
        return ALLOWED
    return refused("Seule une structure qui suit ce marché y garde des contacts.")


_ENDED = frozenset(
    {
        *FOR_THE_BUYER,
        PartyRole.BUYER,
        PartyRole.DESIGNER,
        PartyRole.SUBCONTRACTOR,
        PartyRole.GROUP_MEMBER,
        PartyRole.EMPLOYER,
    }
)


def can_end_party(
    actor: Actor, *, owner_org_id: int, state: str, role: str, main_buyer: bool, ended: bool
) -> Decision:
    """The structure référente ends a role, save those that have their own act: titulaire, structure, main buyer."""
    decision = can_change_contract(actor, owner_org_id=owner_org_id, state=state)
    if decision and (role not in _ENDED or main_buyer):
        return refused("Ce rôle ne se termine pas ici.")
    if decision and ended:
        return refused("Ce rôle est déjà terminé.")
    return decision
