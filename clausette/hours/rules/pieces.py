"""The pieces of statements: which are asked, and which statements may share one (W112)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from clausette.kernel.french import HARD
from clausette.reference.facts.pieces import PieceRow


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


def asked_pieces(rows: Iterable[PieceRow], modalities: Collection[str]) -> str:
    """Say which papers are asked for hours worked by these modalities; "" when none is. Source: the dated rows."""
    asked = [row for row in rows if set(row.modalities) & set(modalities)]
    each = " ; ".join(row.label for row in asked if row.each_month)
    once = " ; ".join(row.label for row in asked if not row.each_month)
    told = (f"Chaque mois{HARD}: {each}." if each else "", f"Avec le premier relevé{HARD}: {once}." if once else "")
    return " ".join(part for part in told if part)
