"""The same piece on several statements (W112): which may share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Handed:
    """A statement that a piece justifies. `contract` and `declarant`: opaque keys."""

    contract: int
    declarant: int
    month: date

    def shares_with(self, other: "Handed") -> bool:
        """Say whether one piece may justify both: same contract, same declarant, same quarter of the year."""
        return (self.contract, self.declarant, self.month.year, (self.month.month - 1) // 3) == (
            other.contract, other.declarant, other.month.year, (other.month.month - 1) // 3,
        )  # fmt: skip


def seen_before(mine: Handed, ordered: Iterable[Handed]) -> date | None:
    """Return the month of the first of the statements of a piece that may not share it with `mine`.

    `ordered`: by month; only the few that may share are passed over, however many bear the piece.
    """
    return next((other.month for other in ordered if not mine.shares_with(other)), None)
