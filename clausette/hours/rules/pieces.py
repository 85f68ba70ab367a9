"""The pieces of statements: which are asked, and which statements may share one (W112)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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


def lapsed_since(month: date, given: Iterable[tuple[date, date]]) -> date | None:
    """Return the first day on which what the pieces attest holds no more, when a month begins after it; else None.

    `given`: for each piece of the same contract and declarant that has an end, the month of its statement and its last
    valid day. Pieces of later months say nothing of this one; of the others, the longest counts.
    """
    last = max((until for other, until in given if other <= month), default=None)
    return last + timedelta(days=1) if last is not None and last < month else None


def asked_pieces(rows: Iterable[PieceRow], modalities: Collection[str]) -> str:
    """Say which papers are asked for hours worked by these modalities; "" when none is. Source: the dated rows."""
    asked = [row for row in rows if set(row.modalities) & set(modalities)]
    each = " ; ".join(row.label for row in asked if row.each_month)
    once = " ; ".join(row.label for row in asked if not row.each_month and not row.lapses)
    ends = " ; ".join(row.label for row in asked if row.lapses)
    told = (
        f"Chaque mois{HARD}: {each}." if each else "",
        f"Avec le premier relevé{HARD}: {once}." if once else "",
        f"Avec sa date de fin, puis à chaque renouvellement{HARD}: {ends}." if ends else "",
    )
    return " ".join(part for part in told if part)
