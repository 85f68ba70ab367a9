"""Who may import, decide and apply."""

from clausette.imports.enums import BatchState
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.enums_takeover import TakeoverState
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_import(actor: Actor) -> Decision:
    """A structure facilitatrice takes in official files."""
    if actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice importe des données.")


def can_decide(actor: Actor, *, state: str) -> Decision:
    """As long as the import is neither applied to the end nor given up."""
    decision = can_import(actor)
    if not decision or state == BatchState.READ:
        return decision
    if state == BatchState.READING:
        return refused("Ce fichier est en cours de lecture : attendez qu'elle soit terminée.")
    if state == BatchState.APPLYING:
        return refused("Cet import est en cours : attendez qu'il soit terminé.")
    return refused(f"Cet import est « {BatchState(state).label} » : il ne change plus.")


def can_read(actor: Actor, *, state: str) -> Decision:
    """As long as the import may change, and while its file is being read: read again, or given up."""
    return can_import(actor) if state == BatchState.READING else can_decide(actor, state=state)


def can_cancel(actor: Actor, *, state: str, made: int) -> Decision:
    """An import of which contracts were already taken is finished, not given up."""
    decision = can_read(actor, state=state)
    if decision and made:
        return refused(
            "Des marchés de cet import sont déjà repris : terminez-le en laissant le reste de côté."
        )
    return decision


def can_hand_over(actor: Actor, state: str, pending: int, undecided: int) -> Decision:
    """Ask the worker to apply; again when the import seems to have stopped: nothing is written twice."""
    return can_apply(
        actor, BatchState.READ if state == BatchState.APPLYING else BatchState(state), pending, undecided
    )


def can_apply(actor: Actor, state: str, pending: int, undecided: int) -> Decision:
    """Something is decided, or nothing is left and the import only has to be ended."""
    decision = can_decide(actor, state=state)
    if decision and undecided and not pending:
        return refused("Décidez d'abord des marchés à rapprocher.")
    return decision


def can_change_takeover(actor: Actor, *, state: str) -> Decision:
    """As long as the workbook is neither taken over nor given up."""
    decision = can_import(actor)
    if not decision or state in (TakeoverState.COLUMNS, TakeoverState.READ):
        return decision
    if state == TakeoverState.READING:
        return refused("Ce classeur est en cours de lecture : attendez qu'elle soit terminée.")
    if state == TakeoverState.APPLYING:
        return refused("Cette reprise est en cours : attendez qu'elle soit terminée.")
    return refused(f"Cette reprise est « {TakeoverState(state).label} » : elle ne change plus.")


def can_read_takeover(actor: Actor, *, state: str) -> Decision:
    """As long as the workbook may change, and while it is being read: read again, or given up."""
    return can_import(actor) if state == TakeoverState.READING else can_change_takeover(actor, state=state)


def can_take_over(actor: Actor, *, state: str, new: int, undecided: int, again: bool = False) -> Decision:
    """Something is to be written and every person of the same name is decided; again when it seems to have stopped."""
    if again and state == TakeoverState.APPLYING:
        return can_import(actor)
    decision = can_change_takeover(actor, state=state)
    if decision and state == TakeoverState.COLUMNS:
        return refused("Vérifiez d'abord les colonnes.")
    if decision and undecided:
        return refused("Décidez d'abord des personnes qui ont le même nom.")
    if decision and not new:
        return refused("Il n'y a rien à reprendre : tout est déjà là, ou à corriger.")
    return decision


def can_undo(actor: Actor, *, state: str, blocked: bool = False) -> Decision:
    """Once taken over, until something else is built on it."""
    decision = can_import(actor)
    if decision and state != TakeoverState.APPLIED:
        return refused("Seule une reprise faite peut être défaite.")
    if decision and blocked:
        return refused("D'autres saisies reposent sur cette reprise : voyez la liste.")
    return decision


def can_import_hours(actor: Actor) -> Decision:
    """A firm or an employer sends its own hours, or who holds its mandate; a structure, those of a declarant."""
    if actor.deposit and actor.mandate is None:
        return refused("Un dépôt sans compte n'envoie pas de fichier d'heures : un compte ou un mandat le permet.")
    if actor.capabilities & {"facilitator", "contractor", "employer"}:
        return ALLOWED
    return refused("Seuls les entreprises, les employeurs et les structures facilitatrices importent des heures.")


def can_change_hours_file(actor: Actor, *, state: str) -> Decision:
    """As long as it waits: its columns, its matches, its comparison. Once imported, it may be compared again."""
    decision = can_import_hours(actor)
    if not decision or state in (HoursFileState.COLUMNS, HoursFileState.READ, HoursFileState.APPLIED):
        return decision
    if state == HoursFileState.READING:
        return refused("Ce fichier est en cours de lecture : attendez qu'elle soit terminée.")
    if state == HoursFileState.APPLYING:
        return refused("Cet import est en cours : attendez qu'il soit terminé.")
    return refused(f"Ce fichier est « {HoursFileState(state).label} » : il ne change plus.")


def can_read_hours_file(actor: Actor, *, state: str) -> Decision:
    """The same, and while it is being read: read again, or given up."""
    if state == HoursFileState.READING:
        return can_import_hours(actor)
    return can_change_hours_file(actor, state=state)


def can_cancel_hours_file(actor: Actor, *, state: str, applied: bool) -> Decision:
    """Before anything is written."""
    if applied:
        return refused("Des heures de ce fichier sont écrites : défaites-le, au lieu de l'abandonner.")
    return can_read_hours_file(actor, state=state)


def can_apply_hours_file(actor: Actor, *, state: str, new: int, again: bool = False) -> Decision:
    """Something is to be written; again when the writing seems to have stopped."""
    if again and state == HoursFileState.APPLYING:
        return can_import_hours(actor)
    decision = can_change_hours_file(actor, state=state)
    if decision and state == HoursFileState.COLUMNS:
        return refused("Vérifiez d'abord les colonnes.")
    if decision and state == HoursFileState.APPLIED:
        return refused("Ce fichier est importé : comparez-le de nouveau pour écrire ce qui y manquait.")
    if decision and not new:
        return refused("Il n'y a rien à écrire : tout est déjà là, à rapprocher ou à corriger.")
    return decision


def can_undo_hours_file(actor: Actor, *, state: str, applied: bool) -> Decision:
    """Once hours of it are written, until they are controlled."""
    decision = can_import_hours(actor)
    if decision and (not applied or state in (HoursFileState.UNDONE, HoursFileState.APPLYING)):
        return refused("Seul un fichier importé peut être défait.")
    return decision
