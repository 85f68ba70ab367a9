"""Where an « objectif particulier » stands: what is asked, what is done, what is masked (MODEL §2, §6 point 10)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from clausette.commitments.enums import SubTargetBase, SubTargetKind


@dataclass(frozen=True, slots=True)
class Reached:
    """People and hours of one kind; None when they are masked."""

    people: int | None
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """One sub-target. `asked`, `done`: hours, or people, by its base; None when nothing is due, or masked.

    `masked`: a party of the contract may not be told so small a group.
    """

    kind: SubTargetKind
    base: SubTargetBase
    share: Decimal
    asked: Decimal | None
    done: Decimal | None
    whole: Decimal
    masked: bool

    @property
    def left(self) -> Decimal | None:
        """What is still to do of what is asked."""
        return None if self.asked is None or self.done is None else max(Decimal(0), self.asked - self.done)

    @property
    def rate(self) -> Decimal | None:
        """Done on asked; may pass 1."""
        return self.done / self.asked if self.asked and self.done is not None else None

    @property
    def part(self) -> Decimal | None:
        """Done on the whole: the share reached so far."""
        return self.done / self.whole if self.whole and self.done is not None else None


def target_progress(
    kind: SubTargetKind,
    base: SubTargetBase,
    share: Decimal,
    *,
    due: Decimal | None,
    whole: Reached,
    reached: Reached | None,
) -> TargetProgress:
    """Return where a sub-target stands.

    A share of the hours is asked of the hours due firm at term, to the hundredth (None: without figure). A share of
    the people is asked of those who came so far, a whole person at least. `reached`: None when nobody has hours yet.
    """
    found = reached or Reached(0, Decimal(0))
    people, hours = Decimal(whole.people or 0), whole.hours or Decimal(0)
    masked = found.people is None or found.hours is None
    if base == SubTargetBase.PEOPLE:
        asked = (people * share).to_integral_value(ROUND_CEILING) if people else None
        done = None if found.people is None else Decimal(found.people)
        return TargetProgress(kind, base, share, asked, done, people, masked)
    asked = None if due is None else (due * share).quantize(Decimal("0.01"))
    return TargetProgress(kind, base, share, asked, found.hours, hours, masked)
