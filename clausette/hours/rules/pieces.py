"""The pieces of statements: which are asked, and which statements may share one (W112)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clausette.hours.enums import PieceKind
from clausette.kernel.french import HARD
from clausette.reference.facts.pieces import PieceRow


@dataclass(frozen=True, slots=True)
class Handed:
    """A statement that a piece justifies. `contract` and `declarant`: opaque keys. `kind`: what it is joined as."""

    contract: int
    declarant: int
    month: date
    kind: PieceKind = PieceKind.HOURS

    def shares_with(self, other: "Handed") -> bool:
        """Say whether one piece may justify both: same contract, same declarant, same quarter of the year.

        A contract or an approval does not prove the hours of a month: its declarant joins it where it is asked.
        """
        if PieceKind.HOURS not in (self.kind, other.kind):
            return self.declarant == other.declarant
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


@dataclass(frozen=True, slots=True)
class End:
    """A piece that holds until a day: the month of its statement, its last valid day, what it was joined as."""

    month: date
    until: date
    kind: PieceKind = PieceKind.HOURS


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What holds no more, and the first day on which it does not."""

    kind: PieceKind
    since: date

    @property
    def what(self) -> str:
        """« convention ou agrément »; "" for the piece of the hours."""
        label = str(self.kind.label)
        return "" if self.kind == PieceKind.HOURS else label[:1].lower() + label[1:]


def lapses_of(month: date, given: Collection[End]) -> tuple[Lapsed, ...]:
    """Return what holds no more in a month, kind by kind, the earliest first.

    An end written on the proof of the hours is that of a file that holds several papers: it stands for each kind.
    """
    whole = [one for one in given if one.kind == PieceKind.HOURS]
    kinds = {one.kind for one in given} - {PieceKind.HOURS} or {PieceKind.HOURS}
    found = []
    for kind in kinds:
        same = [one for one in given if one.kind == kind and kind != PieceKind.HOURS]
        since = lapsed_since(month, [(one.month, one.until) for one in (*whole, *same)])
        if since is not None:
            found.append(Lapsed(kind, since))
    return tuple(sorted(found, key=lambda one: (one.since, one.kind)))


def lapse_that_bears(lapses: Iterable[Lapsed], rows: Iterable[PieceRow], modality: str) -> Lapsed | None:
    """Return what holds no more among what is asked for hours worked by a modality (unknown: all is), else None.

    Source: the dated rows. A piece of hours, or of a kind that no row names, is asked for every modality.
    """
    asked = {kind_of(row) for row in rows if not modality or modality in row.modalities}
    always = (PieceKind.HOURS, PieceKind.OTHER)
    return next((one for one in lapses if one.kind in always or one.kind in asked), None)


def approval_asked(rows: Iterable[PieceRow], modality: str) -> str:
    """Return the paper with an end that is asked of who employs by a modality, "" for none. Source: the dated rows."""
    return next((row.label for row in rows if row.lapses and modality in row.modalities), "")


def kind_of(row: PieceRow) -> PieceKind:
    """Return what a paper asked is joined as."""
    if row.lapses:
        return PieceKind.APPROVAL
    return PieceKind.HOURS if row.each_month else PieceKind.CONTRACT


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
