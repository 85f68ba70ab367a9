"""What is typed in a cell: hours of one work contract, one engagement, one month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind

MOST = Decimal(744)  # 31 days of 24 hours: beyond, it is not hours of a month


@dataclass(frozen=True, slots=True)
class Entry:
    """Hours worked by one person on one engagement in the month of the statement; None: nothing declared."""

    placement_uid: UUID
    commitment_uid: UUID
    hours: Decimal | None
    kind: HoursKind = HoursKind.WORK

    @property
    def key(self) -> tuple[UUID, UUID, HoursKind]:
        """What makes it unique in a statement."""
        return self.placement_uid, self.commitment_uid, self.kind


def cell_name(placement_uid: UUID, commitment_uid: UUID, month: date, kind: str = HoursKind.WORK) -> str:
    """Return the name of a cell: that of the input, and the key of its refusal."""
    prefix = {HoursKind.WORK: "h", HoursKind.TRAINING: "f"}.get(HoursKind(kind), "a")
    return f"{prefix}-{placement_uid.hex}-{commitment_uid.hex}-{month:%Y%m}"


def refusal_of(hours: Decimal | None) -> str:
    """Return why these hours cannot be those of a month, in French; "" when they can."""
    if hours is None:
        return ""
    if hours < 0:
        return "Un nombre d'heures ne peut pas être négatif."
    return "Un mois compte au plus 744 heures : vérifiez la saisie." if hours > MOST else ""
