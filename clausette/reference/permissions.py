"""Who may read the dated facts: everybody; who may write them: nobody but a migration."""

from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision, refused


def can_change_reference(actor: Actor) -> Decision:
    """Never from the application: a changed fact is a new row brought by a new version of the product."""
    return refused("Les données de référence changent avec une nouvelle version, pas à l'écran.")
