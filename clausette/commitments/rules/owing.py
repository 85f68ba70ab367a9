"""All that hours due rest on, whatever the kind, and the figures of a day (MODEL §2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind, Rounding
from clausette.commitments.rules.calculation import hours_per_amount, round_hours
from clausette.commitments.rules.schedule import Part, Pause, three_figures
from clausette.kernel.months import days_between, last_day

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PerAmount:
    """« 1 h par `euros_per_hour` € HT au-delà de `beyond` € »; `amounts`: (day, € HT) ordered or invoiced, known."""

    euros_per_hour: Decimal
    beyond: Decimal = ZERO
    rounding: Rounding = Rounding.DOWN
    estimated_ht: Decimal | None = None
    amounts: tuple[tuple[date, Decimal], ...] = ()

    def amount(self, on: date) -> Decimal:
        """Return what was ordered or invoiced by the evening of `on`; credit notes never take it below 0."""
        return max(ZERO, sum((amount for day, amount in self.amounts if day <= on), ZERO))

    def hours(self, amount: Decimal) -> Decimal:
        """Return the hours that this amount makes due."""
        return hours_per_amount(
            amount_ht=amount, euros_per_hour=self.euros_per_hour, beyond=self.beyond, rounding=self.rounding
        )

    @property
    def known(self) -> Decimal:
        """All that was ordered or invoiced, as far as it is known."""
        return max(ZERO, sum((amount for _, amount in self.amounts), ZERO))

    @property
    def possible(self) -> Decimal:
        """Hours that the rest of the estimated amount would make; 0 without estimate."""
        if self.estimated_ht is None:
            return ZERO
        return max(ZERO, self.hours(self.estimated_ht) - self.hours(self.known))


@dataclass(frozen=True, slots=True)
class BasePeriod:
    """Hours worked by the titulaire over a period, both days included."""

    starts_on: date
    ends_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class ShareOfHours:
    """« `share` (0–1) des heures travaillées »; the days without declaration rest on the estimate of the whole, if any.

    `starts_on`..`ends_on`: the engagement. The estimate is spread evenly over its days.
    """

    share: Decimal
    starts_on: date
    ends_on: date
    rounding: Rounding = Rounding.NEAREST
    estimated_base: Decimal | None = None
    periods: tuple[BasePeriod, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def declared(self, on: date) -> Fraction:
        """Return the hours declared for the days up to `on`, a period under way by its days."""
        return sum((_until(period, on) for period in self.periods), Fraction(0))

    def days_unknown(self, on: date) -> int:
        """Return how many days of the engagement up to `on` have no declaration."""
        last = min(on, self.ends_on)
        known = sum(
            days_between(max(period.starts_on, self.starts_on), min(period.ends_on, last)) for period in self.periods
        )
        return max(0, self._days(last) - known)

    def _days(self, last: date) -> int:
        """Days of work up to `last`, suspensions left out."""
        stopped = sum(pause.days_in(self.starts_on, last) for pause in self.pauses)
        return max(0, days_between(self.starts_on, last) - stopped)

    def estimated(self, on: date) -> Fraction:
        """Return the hours estimated for the days up to `on` without declaration."""
        total = self._days(self.ends_on)
        if self.estimated_base is None or total == 0:
            return Fraction(0)
        return Fraction(self.estimated_base) * self.days_unknown(on) / total

    def provisional(self, on: date) -> bool:
        """Say whether the figure of `on` rests on days that nobody declared."""
        return self.days_unknown(on) > 0

    def hours(self, on: date) -> Decimal:
        """Return the hours due by the evening of `on`."""
        return round_hours((self.declared(on) + self.estimated(on)) * Fraction(self.share), self.rounding)


def _until(period: BasePeriod, on: date) -> Fraction:
    total = days_between(period.starts_on, period.ends_on)
    gone = days_between(period.starts_on, min(on, period.ends_on))
    return Fraction(period.hours) * gone / total if total else Fraction(0)


@dataclass(frozen=True, slots=True)
class DueFigures:
    """Hours due on a day; all 0 and `followed` when the kind has no figure.

    `provisional`: the hours due to date rest on an estimate, or on days that nobody declared.
    """

    to_date: Decimal
    firm_at_term: Decimal
    possible: Decimal
    followed: bool = False
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()


NO_FIGURE = DueFigures(ZERO, ZERO, ZERO, followed=True)


@dataclass(frozen=True, slots=True)
class Owing:
    """What one engagement owes, as known on a day: kind, schedule, suspensions, basis, hours moved by acts."""

    kind: CommitmentKind
    ends_on: date
    parts: tuple[Part, ...] = ()
    pauses: tuple[Pause, ...] = ()
    basis: PerAmount | ShareOfHours | None = None
    moved: Decimal = ZERO

    def figures(self, on: date) -> DueFigures:
        """Return the three figures of a day: « dues à ce jour », « dues fermes au terme », « dues possibles ».

        Hours on a basis (amount, hours worked) are due as soon as the basis is known; a minimum written beside is
        spread over the schedule, and the greater of the two is due.
        """
        if self.kind in WITHOUT_FIGURE:
            return NO_FIGURE
        three = three_figures(self.parts, on, self.pauses)
        to_date, firm, possible, provisional = three.to_date, three.firm, three.possible, False
        if isinstance(self.basis, PerAmount):
            to_date = max(to_date, self.basis.hours(self.basis.amount(on)))
            firm = max(firm, self.basis.hours(self.basis.known))
            possible += self.basis.possible
        elif isinstance(self.basis, ShareOfHours):
            to_date, firm = max(to_date, self.basis.hours(on)), max(firm, self.basis.hours(self.ends_on))
            provisional = self.basis.provisional(on)
        if self.basis is not None:  # elsewhere the schedule itself says what was moved
            to_date, firm = max(ZERO, to_date + self.moved), max(ZERO, firm + self.moved)
        return DueFigures(to_date, firm, possible, provisional=provisional, pauses=self.pauses)

    def due_between(self, first: date, last: date) -> Decimal:
        """Return the hours that become due over these days, both included."""
        before = date.fromordinal(first.toordinal() - 1)
        return self.figures(last).to_date - self.figures(before).to_date


def expected_outside(months: Iterable[date], pauses: Sequence[Pause]) -> list[date]:
    """Return the months (first days) of which at least one day is outside the suspensions."""
    return [month for month in months if not any(pause.covers(month, last_day(month)) for pause in pauses)]
