"""In which order the statements that wait are looked at: where a look is worth most comes first (trade practice)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from clausette.kernel.french import plural


class Need(Enum):
    """What a statement asks of the person who validates it."""

    STOPS = "bloque"
    ANSWER = "justifier"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known of a statement that waits.

    `stops`: findings that stop it; `asks`: codes to justify; `late`: validated now, it would be a « régularisation ».
    """

    stops: int
    asks: int
    late: bool
    hours: Decimal
    since: date
    apart: int = 0
    """People named by the firm who are to be matched: they stop nothing, and ask for a look."""

    @property
    def need(self) -> Need:
        """What it asks: the gravest wins."""
        if self.stops:
            return Need.STOPS
        return Need.ANSWER if self.asks or self.late or self.apart else Need.NOTHING


def rank(one: Waiting) -> tuple[int, int, Decimal, date]:
    """Return the key of its place, the smallest first: what stops, what asks, then the most hours, then the oldest."""
    return -one.stops, -(one.asks + one.late + bool(one.apart)), -one.hours, one.since


def reasons(one: Waiting, on: date) -> tuple[str, ...]:
    """Return why it stands where it stands on `on`, in words and in the order of the rank (hours are beside)."""
    told = []
    if one.stops:
        told.append("un point arrête la validation" if one.stops == 1 else f"{one.stops} points arrêtent la validation")
    if one.asks:
        told.append(f"{plural(one.asks, 'point')} à justifier")
    if one.late:
        told.append("validation tardive, à motiver")
    if one.apart:
        told.append(f"{plural(one.apart, 'personne')} à rapprocher")
    if not told:
        told.append("sans remarque")
    days = (on - one.since).days
    told.append(f"attend depuis {plural(days, 'jour')}" if days > 0 else "reçu aujourd'hui")
    return tuple(told)
