"""Schedule of dated parts, and the three figures that are never mixed (MODEL §2, trade practice)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Protocol, TypeVar

from clausette.commitments.enums import PartStatus, VersionReason
from clausette.kernel.months import days_between


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the schedule: `hours` due over `starts_on`..`ends_on`, both days included."""

    hours: Decimal
    starts_on: date
    ends_on: date
    status: PartStatus


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension: the schedule stops from `starts_on` to `ends_on`, both included; None while nobody knows."""

    starts_on: date
    ends_on: date | None = None

    def days_in(self, first: date, last: date) -> int:
        """Return how many days of `first`..`last` the suspension takes."""
        end = last if self.ends_on is None else min(last, self.ends_on)
        return days_between(max(first, self.starts_on), end)

    def covers(self, first: date, last: date) -> bool:
        """Say whether no day of `first`..`last` is outside the suspension."""
        return self.starts_on <= first and (self.ends_on is None or last <= self.ends_on)


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


def _elapsed(part: Part, on: date, pauses: Sequence[Pause] = ()) -> Fraction:
    """Hours of the part expected by the evening of `on`, exact, in proportion of the days without suspension."""
    over = [pause for pause in pauses if pause.ends_on is not None]
    total = days_between(part.starts_on, part.ends_on) - _stopped(over, part.starts_on, part.ends_on)
    if total <= 0:  # dates inverted, or stopped on all its days: nothing can be spread, the whole is due at the end
        return Fraction(part.hours) if on >= part.ends_on else Fraction(0)
    last = min(on, part.ends_on)
    gone = days_between(part.starts_on, last) - _stopped(pauses, part.starts_on, last)
    return Fraction(part.hours) * gone / total


def _plain(part: Part) -> bool:
    """Dates in order, hours to the hundredth at most."""
    return part.ends_on >= part.starts_on and part.hours * 100 == int(part.hours * 100)


def _alone(part: Part, on: date) -> Decimal:
    """The same for one firm part without suspension, in whole hundredths: ten times quicker than a fraction."""
    total = days_between(part.starts_on, part.ends_on)
    gone = days_between(part.starts_on, min(on, part.ends_on))
    return Decimal((int(part.hours * 100) * gone * 2 + total) // (total * 2)) / 100


def _stopped(pauses: Iterable[Pause], first: date, last: date) -> int:
    return sum(pause.days_in(first, last) for pause in pauses)


def part_due(part: Part, on: date, pauses: Sequence[Pause] = ()) -> Decimal:
    """Return the hours of one part due by the evening of `on`, to the hundredth; 0 unless firm."""
    return _hundredths(_elapsed(part, on, pauses)) if part.status == PartStatus.FIRM else Decimal(0)


def three_figures(parts: Iterable[Part], on: date, pauses: Sequence[Pause] = ()) -> ThreeFigures:
    """Return the three figures on `on`.

    Firm parts are spread day by day, suspensions left out; conditional parts count only as possible; cancelled ones
    never count. The sum is rounded once, half-up to the hundredth.
    """
    kept = list(parts)
    firm = [part for part in kept if part.status == PartStatus.FIRM]
    conditional = [part for part in kept if part.status == PartStatus.CONDITIONAL]
    if len(firm) == 1 and not pauses and _plain(firm[0]):  # most engagements
        to_date = _alone(firm[0], on)
    else:
        to_date = _hundredths(sum((_elapsed(part, on, pauses) for part in firm), Fraction(0)))
    return ThreeFigures(
        to_date=to_date,
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


def pauses_of(changes: Iterable[tuple[date, VersionReason]]) -> tuple[Pause, ...]:
    """Return the suspensions told by the versions known: (day of effect, reason), in the order of their numbers.

    A suspension lasts until the day before the next « reprise »; a second one before it changes nothing.
    """
    found: list[Pause] = []
    since: date | None = None
    for day, reason in changes:
        if reason == VersionReason.SUSPENSION and since is None:
            since = day
        elif reason == VersionReason.RESUMPTION and since is not None:
            if day > since:
                found.append(Pause(since, day - timedelta(days=1)))
            since = None
    return tuple([*found, Pause(since)] if since else found)
