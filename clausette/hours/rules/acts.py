"""Globalisation: how much an act may still credit, and from which lines it is taken (MODEL §3, trade practice)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.french import format_date, format_hours
from clausette.kernel.months import first_day

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ActFacts:
    """A signed act of globalisation. `credited`: hours already credited under it."""

    is_globalisation: bool
    withdrawn_on: date | None
    starts_on: date
    ends_on: date | None
    signed_on: date
    ceiling: Decimal
    credited: Decimal

    @property
    def left(self) -> Decimal:
        """Hours that it may still credit."""
        return max(ZERO, self.ceiling - self.credited)

    def holds(self, month: date) -> bool:
        """Say whether hours of the month are within its dates: its first month counts whole."""
        return first_day(self.starts_on) <= month and (self.ends_on is None or month <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Creditable:
    """A validated line worked on the first contract. `left`: its hours not credited elsewhere yet."""

    key: int
    month: date
    left: Decimal


def refusal_of_act(act: ActFacts, hours: Decimal, available: Decimal, on: date) -> str:
    """Return why the act cannot credit these hours on `on`, « » when it can."""
    if not act.is_globalisation:
        return "Cet acte n'est pas une globalisation."
    if act.withdrawn_on is not None:
        return f"Cet acte est retiré depuis le {format_date(act.withdrawn_on)}."
    if act.signed_on > on:
        return f"Cet acte est signé le {format_date(act.signed_on)} : il n'a pas encore d'effet."
    if hours <= 0:
        return "Indiquez les heures à créditer."
    if hours > act.left:
        return f"Le plafond de l'acte laisse {format_hours(act.left)} à créditer."
    if hours > available:
        return f"Seules {format_hours(available)} validées peuvent être créditées dans les dates de l'acte."
    return ""


def taken_from(
    lines: Iterable[Creditable], hours: Decimal, *, latest_first: bool = False
) -> list[tuple[int, Decimal]]:
    """Return from which lines the hours are taken, the oldest month first; never more than a line has left.

    `latest_first`: a surplus is what was worked last, once the hours due were done.
    """
    found: list[tuple[int, Decimal]] = []
    wanted = hours
    for line in sorted(lines, key=lambda one: (one.month, one.key), reverse=latest_first):
        part = min(line.left, wanted)
        if part > 0:
            found.append((line.key, part))
            wanted -= part
    return found
