"""What the views of this area share: addresses, words, tones, the day asked."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from clausette.commitments.queries import CommitmentLine
from clausette.hours.queries import Progress
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.parsing import parse_date
from clausette.procurement.enums import ContractState
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone

_TONES: dict[str, Tone] = {
    ContractState.RUNNING: "ok",
    ContractState.NOTIFIED: "info",
    ContractState.AWARDED: "info",
    ContractState.SETTLED: "ok",
    ContractState.SUSPENDED: "warn",
    ContractState.TERMINATED: "danger",
    ContractState.TRANSFERRED: "warn",
    ContractState.FRUITLESS: "danger",
    ContractState.ABANDONED: "danger",
    ContractState.CLOSED: "neutral",
}
FIRST_DAY = date(2012, 1, 1)  # the dated parameters (SMIC, hours of a month) are known from this day
READERS = ("facilitator", "buyer", "contractor", "employer")


href = address_of


def state_badge(state: str) -> Badge:
    """The state of a contract in its word, shape and colour."""
    return Badge(ContractState(state).label, _TONES.get(state, "wait"))


def day_asked(request: HttpRequest, name: str = "au") -> date:
    """Return the day of `?au=`, today when it is missing, not a day, or before the dated parameters begin."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return clock.today()
    return day if day >= FIRST_DAY else clock.today()


def lines_href(actor: Actor, *, state: str = "", as_of: date | None = None, **filters: Any) -> str:
    """Address of the lines of hours behind a number."""
    shown = "" if as_of is None or as_of == clock.today() else as_of.isoformat()
    return href(actor, "hours:lines", query={**filters, "etat": state, "au": shown})


def remaining_of(progress: Progress | None) -> Decimal | None:
    """Hours still to do; None without figure or without right on the hours."""
    return progress.remaining if progress else None


def due_of(line: CommitmentLine) -> Decimal | None:
    """Hours due firm at term; None for a suivi sans objectif chiffré."""
    return None if line.figures.followed else line.figures.firm_at_term
