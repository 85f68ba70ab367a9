"""Who may hand in a file. Who may read one is told by `queries.files_visible_to`."""

from clausette.files.enums import Purpose
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_store(actor: Actor, purpose: Purpose) -> Decision:
    """Evidence comes from anyone; workbooks and official files feed imports, which a structure confirms."""
    if purpose is Purpose.EVIDENCE or actor.can("facilitator"):
        return ALLOWED
    return refused("Seule une structure facilitatrice importe des fichiers.")
