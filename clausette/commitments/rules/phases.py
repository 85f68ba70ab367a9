"""A decision taken on the market, told to the engagement: which conditional parts a tranche or a period stands for."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from clausette.commitments.enums import PartStatus, VersionReason


class Piece(Protocol):
    """A part of the schedule, as the matching reads it."""

    @property
    def label(self) -> str:
        """Its name."""
        ...

    @property
    def status(self) -> PartStatus:
        """Firm, conditional, cancelled."""
        ...

    @property
    def starts_on(self) -> date:
        """First day."""
        ...

    @property
    def ends_on(self) -> date:
        """Last day."""
        ...

    @property
    def phase_id(self) -> int | None:
        """The phase it was tied to."""
        ...


def reason_for(*, renewal: bool, made: bool) -> VersionReason:
    """Return the reason of the version that follows a decision (R2112-4 CCP: reconductions; R2113-4: tranches)."""
    if not made:
        return VersionReason.NOT_RENEWED
    return VersionReason.RENEWAL if renewal else VersionReason.CONFIRMATION


def parts_of_phase(
    parts: Sequence[Piece], *, phase_id: int, names: Sequence[str], starts_on: date, ends_on: date
) -> tuple[int, ...]:
    """Return the ranks of the conditional parts that a phase stands for, the surest sign first.

    Tied to the phase; else of the same days; else of the same name; else the only one that has a day of it.
    """
    waiting = [(rank, part) for rank, part in enumerate(parts) if part.status == PartStatus.CONDITIONAL]
    tied = tuple(rank for rank, part in waiting if part.phase_id == phase_id)
    free = [(rank, part) for rank, part in waiting if part.phase_id is None]
    same = tuple(rank for rank, part in free if (part.starts_on, part.ends_on) == (starts_on, ends_on))
    said = {name.casefold() for name in names if name}
    named = tuple(rank for rank, part in free if part.label.casefold() in said)
    inside = tuple(rank for rank, part in free if part.starts_on <= ends_on and part.ends_on >= starts_on)
    return tied or same or named or (inside if len(inside) == 1 else ())


def already_told(parts: Sequence[Piece], *, phase_id: int, names: Sequence[str]) -> bool:
    """Say whether a part that is decided already stands for a phase: tied to it, or of its name.

    The same days say nothing: a tranche often runs beside the base.
    """
    said = {name.casefold() for name in names if name}
    return any(
        part.phase_id == phase_id
        or (part.phase_id is None and part.label.casefold() in said)
        for part in parts
        if part.status != PartStatus.CONDITIONAL
    )
