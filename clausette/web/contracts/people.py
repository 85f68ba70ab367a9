"""Who is at work on an engagement, as its page names them."""

from dataclasses import dataclass
from uuid import UUID

from clausette.commitments.queries import CommitmentSheet
from clausette.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class AtWork:
    """« D. Lemaire · maçon · chez Bâti Ouche · 12 mars → 31 déc. »."""

    name: str
    detail: str
    participant_uid: UUID | None


def at_work(actor: Actor, sheet: CommitmentSheet) -> list[AtWork]:
    """Return the people at work on the day of the figures whose name the actor may know."""
    return []
