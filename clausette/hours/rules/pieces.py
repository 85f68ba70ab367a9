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


def seen_before(mine: Handed, every: Iterable[Handed]) -> date | None:
    """Return the first month of the statements, among those of a piece, that may not share it with `mine`."""
    return min((other.month for other in every if not mine.shares_with(other)), default=None)
