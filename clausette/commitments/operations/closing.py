"""The end of an engagement: settled on a day, reopened with a reason."""

from datetime import date
from uuid import UUID

from clausette.commitments.operations.writing import locked
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, Refusal, WrongState
from clausette.kernel.operation import because, change, operation
from clausette.kernel.text import collapse


@operation("commitments.commitment.closed")
def close_commitment(*, actor: Actor, uid: UUID, on: date, reason: str = "") -> UUID:
    """Settle an engagement on a day: no new version after that. Raises NotAllowed, Absent, WrongState, Refusal."""
    row = locked(actor, uid)
    if on < row.starts_on:
        raise Refusal("Un engagement ne se solde pas avant son début.", "on")
    because(collapse(reason))
    change(row, closed_on=on)
    return row.uid


@operation("commitments.commitment.reopened")
def reopen_commitment(*, actor: Actor, uid: UUID, reason: str) -> UUID:
    """Open a settled engagement again, and say why. Raises NotAllowed, Absent, WrongState, Invalid."""
    row = locked(actor, uid, settled=True)
    if row.closed_on is None:
        raise WrongState("Cet engagement n'est pas soldé.")
    if not collapse(reason):
        raise Invalid({"reason": "Dites pourquoi l'engagement est rouvert."})
    because(collapse(reason))
    change(row, closed_on=None)
    return row.uid
