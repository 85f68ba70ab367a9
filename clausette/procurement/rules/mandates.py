"""How long a « mandat de déclaration » lasts. Pure."""

from datetime import date, timedelta
from typing import Literal

USUAL = timedelta(days=364)
"""One year, first and last day included: what a mandate without an end lasts."""
LONGEST = timedelta(days=3 * 366)
Told = Literal["given", "extended", "revoked"]
"""What happened to a mandate that an organisation holds, and is told to it."""
LINK_DAYS = 30
"""Days during which the link of a mandate given by e-mail may be accepted; `sec.accept_mandate` says it again."""


def end_of(starts_on: date, ends_on: date | None) -> date:
    """Return the last day of a mandate: the one chosen, else one year."""
    return ends_on or starts_on + USUAL


def refused_dates(starts_on: date, ends_on: date, *, on: date) -> dict[str, str]:
    """Return by field why a mandate may not run between these days (inclusive), {} when it may.

    From today on: what was declared before was not declared by it. Three years at most.
    """
    refused: dict[str, str] = {}
    if starts_on < on:
        refused["starts_on"] = "Un mandat commence aujourd'hui au plus tôt."
    if starts_on > on + USUAL:
        refused["starts_on"] = "Un mandat commence dans l'année."
    return refused | refused_end(starts_on, ends_on, on=on)


def refused_end(starts_on: date, ends_on: date, *, on: date) -> dict[str, str]:
    """Return by field why a mandate may not end that day, {} when it may."""
    if ends_on < max(starts_on, on):
        return {"ends_on": "Choisissez un jour à venir, après le début : ce jour-là sera le dernier."}
    if ends_on > max(starts_on, on) + LONGEST:
        return {"ends_on": "Trois ans au plus : vous pourrez prolonger."}
    return {}
