"""Cleaning with staff taken over (PACT Propreté, Inserpropre): only the part not already staffed is counted.

    P = 1 − (S × C) ÷ (A ÷ N)        I = P × A ÷ C × T

A: turnover of the lot (€ without tax) over N months; S: hours of a month of the staff that can be taken over;
C: turnover of an hour (25 €/h: 20 €/h with charges for 80 % of labour); T: rate of insertion.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from clausette.advice.rules.warnings import Warned
from clausette.commitments.enums import Rounding
from clausette.commitments.rules import round_hours
from clausette.kernel.french import HARD, MINUS, format_euros, format_hours, format_number, format_percent


@dataclass(frozen=True, slots=True)
class CleaningHours:
    """`potential`: P, four decimals, 0 or less when the staff to take over does everything. Hours: `raw` to the
    hundredth, `hours` rounded, `exact` before any rounding, never below 0."""

    potential: Decimal
    raw: Decimal
    hours: Decimal
    labour_hours: Decimal
    sentence: str
    exact: Fraction


def cleaning_hours(
    *,
    amount: Decimal,
    months: Decimal,
    monthly_hours: Decimal,
    turnover_hour: Decimal,
    rate: Decimal,
    rounding: Rounding = Rounding.NEAREST,
) -> CleaningHours:
    """Return the hours of a cleaning lot; 360 000 €, 36 months, 200 h, 25 €/h, 5 % → P = 0,5 and 360 h.

    Amount in euros without tax over `months`, `turnover_hour` in euros per hour, `rate` from 0 to 1; all above zero,
    `monthly_hours` from 0 on.
    """
    monthly_amount = Fraction(amount) / Fraction(months)
    potential = 1 - Fraction(monthly_hours) * Fraction(turnover_hour) / monthly_amount
    labour = max(Fraction(0), potential) * Fraction(amount) / Fraction(turnover_hour)
    exact = labour * Fraction(rate)
    hours, raw, shown = round_hours(exact, rounding), _decimals(exact, 2), _decimals(potential, 4)
    sentence = (
        f"P = 1 {MINUS} ({format_hours(monthly_hours)} × {format_euros(turnover_hour)}/h) ÷ ({format_euros(amount)} ÷ "
        f"{format_number(months)}{HARD}mois) = {format_number(shown, places=4)}"
    )
    if potential > 0:
        arrow = format_hours(raw) if raw == hours else f"{format_number(raw)} → {format_hours(hours)}"
        sentence += (
            f" ; I = {format_number(shown, places=4)} × {format_euros(amount)} ÷ {format_euros(turnover_hour)}/h × "
            f"{format_percent(rate, places=4)} = {arrow}"
        )
    return CleaningHours(shown, raw, hours, _decimals(labour, 2), sentence, exact)


def _decimals(value: Fraction, places: int) -> Decimal:
    """Half-up, exact."""
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


def cleaning_warnings(found: CleaningHours, least: Decimal) -> tuple[Warned, ...]:
    """Return the one warning of the PACT Propreté, if any: everything staffed already, or under `least` hours (150)."""
    if found.potential <= 0:
        sentence = "Les salariés à reprendre font déjà tout le travail : ne mettez pas de clause d'insertion."
        return (Warned("staff_covers_all", sentence),)
    if found.exact < least:
        sentence = f"Moins de {format_hours(least)} : le PACT Propreté conseille de ne pas mettre de clause."
        return (Warned("cleaning_floor", sentence),)
    return ()
