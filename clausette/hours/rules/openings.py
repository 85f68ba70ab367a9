"""« Reprise au JJ/MM/AAAA »: hours validated before we began (MODEL §5, trade practice)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.french import format_date, format_hours
from clausette.kernel.months import last_day

MOST = Decimal(10_000_000)  # beyond, it is not hours of one engagement


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """A balance about to be taken over. `starts_on`: of the engagement; `typed`: earliest month already typed."""

    as_of: date
    hours: Decimal
    by_year: Mapping[int, Decimal]
    starts_on: date
    typed: date | None


def covers(as_of: date | None, month: date) -> bool:
    """Say whether the whole month is already in a balance taken over on `as_of`: nothing more is typed for it.

    A month that was not over on `as_of` is typed for what was left of it.
    """
    return as_of is not None and last_day(month) <= as_of


def within_opening(as_of: date | None, month: date) -> str:
    """Return why hours of the month may not be typed, « » when they may."""
    if as_of is None or not covers(as_of, month):
        return ""
    return f"Ce mois est compris dans la reprise au {format_date(as_of)}."


def refusals_of(facts: OpeningFacts, on: date) -> dict[str, str]:
    """Return, by field, why this balance cannot be taken over on `on`; {} when it can."""
    refused: dict[str, str] = {}
    if facts.hours <= 0:
        refused["hours"] = "Les heures reprises sont supérieures à zéro."
    elif facts.hours > MOST:
        refused["hours"] = "Ce nombre d'heures est trop grand : vérifiez la saisie."
    if facts.as_of > on:
        refused["as_of"] = "La reprise ne peut pas être dans le futur."
    elif facts.as_of < facts.starts_on:
        refused["as_of"] = (
            f"L'engagement commence le {format_date(facts.starts_on)}, après la date de la reprise."
        )
    elif facts.typed is not None and covers(facts.as_of, facts.typed):
        refused["as_of"] = (
            f"Des heures sont déjà saisies pour un mois d'avant le {format_date(facts.as_of)} : "
            "elles compteraient deux fois."
        )
    detail = _detail(facts)
    if detail:
        refused["by_year"] = detail
    return refused


def _detail(facts: OpeningFacts) -> str:
    """What is wrong with the detail by year; it may be partial, never more than the whole."""
    first, last = facts.starts_on.year, facts.as_of.year
    if any(year < first or year > last for year in facts.by_year):
        return f"Les années vont de {first} à {last}."
    if any(hours <= 0 for hours in facts.by_year.values()):
        return "Les heures d'une année sont supérieures à zéro."
    total = sum(facts.by_year.values(), Decimal(0))
    if total > facts.hours:
        return f"Les années font {format_hours(total)} pour {format_hours(facts.hours)} reprises."
    return ""
