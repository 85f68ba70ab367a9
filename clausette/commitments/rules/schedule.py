"""Schedule of dated parts, and the three figures that are never mixed (MODEL §2, trade practice)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Protocol, TypeVar

from clausette.commitments.enums import PartStatus
from clausette.kernel.months import days_between


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the schedule: `hours` due over `starts_on`..`ends_on`, both days included."""

    hours: Decimal
    starts_on: date
    ends_on: date
    status: PartStatus


@dataclass(frozen=True, slots=True)
class ThreeFigures:
    """« Dues à ce jour », « dues fermes au terme », « dues possibles » (conditional parts alone), in
    hours."""

    to_date: Decimal
    firm: Decimal
    possible: Decimal

    @property
    def at_most(self) -> Decimal:
        """Firm hours and possible ones together: what would be due if every condition came true."""
        return self.firm + self.possible


def _hundredths(value: Fraction) -> Decimal:
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


def _elapsed(part: Part, on: date) -> Fraction:
    """Hours of the part expected by the evening of `on`, exact, in proportion of the days."""
    total = days_between(part.starts_on, part.ends_on)
    if total == 0:  # dates inverted: nothing can be spread, the whole is due at the end
        return Fraction(part.hours) if on >= part.ends_on else Fraction(0)
    gone = days_between(part.starts_on, min(on, part.ends_on))
    return Fraction(part.hours) * gone / total


def part_due(part: Part, on: date) -> Decimal:
    """Return the hours of one part due by the evening of `on`, to the hundredth; 0 unless firm."""
    return _hundredths(_elapsed(part, on)) if part.status == PartStatus.FIRM else Decimal(0)


def three_figures(parts: Iterable[Part], on: date) -> ThreeFigures:
    """Return the three figures on `on`.

    Firm parts are spread day by day; conditional parts count only as possible; cancelled ones never count.
    The sum is rounded once, half-up to the hundredth.
    """
    kept = list(parts)
    firm = [part for part in kept if part.status == PartStatus.FIRM]
    conditional = [part for part in kept if part.status == PartStatus.CONDITIONAL]
    return ThreeFigures(
        to_date=_hundredths(sum((_elapsed(part, on) for part in firm), Fraction(0))),
        firm=sum((part.hours for part in firm), Decimal(0)),
        possible=sum((part.hours for part in conditional), Decimal(0)),
    )


class Version(Protocol):
    """What a version must say to be chosen by date."""

    @property
    def effective_on(self) -> date:
        """First day on which it applies."""

    @property
    def number(self) -> int:
        """Rank: of two versions of one day, the later one is right."""


V = TypeVar("V", bound=Version)


def version_as_of(versions: Iterable[V], on: date) -> V | None:
    """Return the version that applies on `on`, or None before the first one."""
    known = [version for version in versions if version.effective_on <= on]
    return max(known, key=lambda version: (version.effective_on, version.number)) if known else None
