"""Phases of a contract: years of a concession, and which decision may follow which."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clausette.kernel.errors import WrongState
from clausette.kernel.french import format_date
from clausette.procurement.enums import PhaseKind, PhaseState

MOST_YEARS = 99  # the longest concessions (motorways, ports) last less

DECISIONS: dict[PhaseState, frozenset[PhaseState]] = {
    PhaseState.PLANNED: frozenset({PhaseState.CONFIRMED, PhaseState.NOT_MADE}),
    PhaseState.CONFIRMED: frozenset(),
    PhaseState.NOT_MADE: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a concession; both days are inside it."""

    number: int
    starts_on: date
    ends_on: date


def anniversary(day: date, years: int) -> date:
    """Return the same day some years later; 29 February falls on 1 March when there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_of(starts_on: date, ends_on: date) -> tuple[Year, ...]:
    """Cut an execution into years from its first day; the last one may be shorter (MODEL §2)."""
    return tuple(_years(starts_on, ends_on))


def _years(starts_on: date, ends_on: date) -> Iterator[Year]:
    for rank in range(MOST_YEARS):
        first = anniversary(starts_on, rank)
        if first > ends_on:
            return
        yield Year(rank + 1, first, min(anniversary(starts_on, rank + 1) - timedelta(days=1), ends_on))


def decision_words(kind: PhaseKind, state: PhaseState) -> str:
    """Say a decision in the words of the trade: a tranche is affermie, a reconduction is made."""
    words = {
        (PhaseKind.OPTIONAL_TRANCHE, PhaseState.PLANNED): "À affermir",
        (PhaseKind.OPTIONAL_TRANCHE, PhaseState.CONFIRMED): "Affermie",
        (PhaseKind.OPTIONAL_TRANCHE, PhaseState.NOT_MADE): "Non affermie",
        (PhaseKind.RENEWAL, PhaseState.PLANNED): "À décider",
        (PhaseKind.RENEWAL, PhaseState.CONFIRMED): "Reconduite",
        (PhaseKind.RENEWAL, PhaseState.NOT_MADE): "Non reconduite",
    }
    return words.get((kind, state), "Ferme")


def check_decision(kind: PhaseKind, current: PhaseState, wanted: PhaseState) -> None:
    """Raise WrongState when the phase is already decided, or is one that nobody decides."""
    if wanted in DECISIONS[current]:
        return
    if kind not in {PhaseKind.OPTIONAL_TRANCHE, PhaseKind.RENEWAL}:
        raise WrongState(f"« {kind.label} » est ferme dès la signature : il n'y a rien à décider.", "state")
    told = decision_words(kind, current).lower()
    raise WrongState(f"Cette phase est déjà décidée : {told}.", "state")


def wrong_day(decided_on: date, *, today: date, ends_on: date) -> str:
    """Return why a decision cannot bear this day, « » when it can: it is past, and before the phase is over."""
    if decided_on > today:
        return "Cette date est à venir : une décision se constate."
    if decided_on > ends_on:
        return f"La phase est finie depuis le {format_date(ends_on)} : la décision la précède."
    return ""
