"""How long a « dépôt sans compte » lasts on a contract. Pure."""

from datetime import date, timedelta

from clausette.kernel.months import add_months, first_day

USUAL_MONTHS = 12
AFTER_END_MONTHS = 3
"""The last month is declared, returned, corrected after the end of the contract."""
LONGEST = timedelta(days=2 * 366)


def usual_end(on: date, contract_ends_on: date | None) -> date:
    """Return the day proposed: three months after the end of the contract, at most one year from `on`.

    A contract that ended already, or without end: the last day of the twelfth month.
    """
    year = add_months(first_day(on), USUAL_MONTHS) - timedelta(days=1)
    if contract_ends_on is None:
        return year
    after = add_months(first_day(contract_ends_on), AFTER_END_MONTHS + 1) - timedelta(days=1)
    return min(after, year) if after > on else year


def refused_end(ends_on: date, *, on: date) -> str:
    """Return why a deposit may not end that day, "" when it may: from tomorrow on, two years at most."""
    if ends_on <= on:
        return "Choisissez un jour à venir : ce jour-là sera le dernier."
    if ends_on > on + LONGEST:
        return "Deux ans au plus : vous pourrez prolonger."
    return ""
