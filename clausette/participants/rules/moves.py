"""« Heures comptées jusqu'au », and what moves it: extensions and suspensions (MODEL §4 (c), trade practice).

The day itself comes from the first clause hour; only a written decision of the structure moves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clausette.kernel.errors import Invalid
from clausette.kernel.months import add_months

MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Move:
    """An extension of `months`, decided while hours count (`starts_on`); or a suspension, both days included."""

    starts_on: date
    ends_on: date | None = None
    months: int | None = None


def hours_until(first_hour_on: date, *, months: int = 24) -> date:
    """(c) Return « heures comptées jusqu'au »: last day counted, first clause hour + `months` − 1 day.

    Nothing moves it afterwards but a decision (`moved_until`): neither a birthday, nor a CDI, nor a second contract or
    structure. From 29 February 2024 the end is 27 February 2026: the anniversary is clamped to the 28th, less one day.
    """
    return add_months(first_hour_on, months) - timedelta(days=1)


def moved_until(first_hour_on: date, moves: Iterable[Move], *, months: int = 24) -> date:
    """Return the last day counted once the moves of the path are applied, in the order of their days.

    An extension counts months from the first hour again (24 + 6 = 30: the end of the month is clamped once). Each day
    of a suspension that runs while hours count puts the end off by one day; a day suspended twice is counted once. A
    move of another path, begun before the first hour or after the end, changes nothing.
    """
    added, suspended, seen = 0, 0, first_hour_on - timedelta(days=1)
    until = hours_until(first_hour_on, months=months)
    for move in sorted(moves, key=lambda one: (one.starts_on, one.ends_on or date.min, one.months or 0)):
        if move.starts_on > until or (move.ends_on or move.starts_on) < first_hour_on:
            continue
        if move.months is not None:
            added += move.months
        elif move.ends_on is not None and move.ends_on > seen:
            suspended += (move.ends_on - max(move.starts_on, seen + timedelta(days=1))).days + 1
            seen = move.ends_on
        until = hours_until(first_hour_on, months=months + added) + timedelta(days=suspended)
    return until


def check_move(move: Move, *, first_hour_on: date | None, until: date | None, decided_on: date, on: date) -> None:
    """Raise Invalid when the move cannot be: no path runs, days out of order, a decision to come.

    `first_hour_on`, `until`: the path that the move would change, None without any clause hour.
    """
    errors: dict[str, str] = {}
    if decided_on > on:
        errors["decided_on"] = "Cette date est à venir : une décision se constate."
    if first_hour_on is None or until is None:
        errors[""] = "Aucune heure n'est encore comptée : le délai ne court pas."
    elif not first_hour_on <= move.starts_on <= until:
        errors["starts_on"] = "Ce jour est hors de la période où les heures sont comptées."
    if move.months is not None and not 1 <= move.months <= MOST_MONTHS:
        errors["months"] = f"Un nombre de mois de 1 à {MOST_MONTHS}."
    if move.months is None and (move.ends_on is None or move.ends_on < move.starts_on):
        errors["ends_on"] = "Le dernier jour de la suspension précède le premier."
    if errors:
        raise Invalid(errors)
