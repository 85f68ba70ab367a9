"""The same hours told in people, months and weeks."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clausette.advice.rules.limits import Limits
from clausette.commitments.rules import people_months
from clausette.kernel.french import HARD, equivalent, format_hours, format_number

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Full-time months and weeks of one person, to the tenth, and the sentence with the divisors used."""

    person_months: Decimal
    person_weeks: Decimal
    sentence: str


def equivalents(hours: Decimal, limits: Limits) -> Equivalents | None:
    """Return what these hours make: months of 151.67 h, weeks of 35 h (dated parameters); None for 0 h."""
    if hours <= 0:
        return None
    months = people_months(hours, limits.month_hours)
    weeks = (hours / limits.week_hours).quantize(_TENTH, rounding=ROUND_HALF_UP)
    sentence = (
        f"{equivalent(hours, limits.month_hours)}, soit {format_number(weeks, places=1)} semaines à temps plein "
        f"(mois de {format_hours(limits.month_hours)}, semaine de {format_hours(limits.week_hours)})"
    )
    return Equivalents(months, weeks, sentence.replace("1 semaines", f"1{HARD}semaine") if weeks == 1 else sentence)
