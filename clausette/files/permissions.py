"""Who may hand in a file. Who may read one is told by `queries.files_visible_to`."""

from clausette.files.enums import Purpose
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused


def can_store(actor: Actor, purpose: Purpose) -> Decision:
    """Evidence comes from anyone; workbooks of hours, from whoever declares; the rest feeds imports of a structure."""
    if purpose is Purpose.EVIDENCE or actor.can("facilitator"):
        return ALLOWED
    if purpose is Purpose.WORKBOOK and actor.capabilities & {"contractor", "employer"}:
        return ALLOWED
    return refused("Seule une structure facilitatrice importe des fichiers.")
