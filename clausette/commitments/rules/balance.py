"""Where an engagement stands: achievement raw and capped, what remains, what a shortfall would cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from clausette.commitments.errors import PenaltyRefused
from clausette.kernel.french import format_euros, format_hours, format_number, plural

_CENT = Decimal("0.01")
_RATIO = Decimal("0.0001")


class Balance(NamedTuple):
    """Hours due and hours validated of one engagement."""

    due: Decimal
    validated: Decimal


@dataclass(frozen=True, slots=True)
class Achievement:
    """Achievement of one or several engagements, as ratios (0.84 = 84 %); None when nothing is due.

    `raw` lets an excess here hide a shortfall there; `capped` does not: Σ min(validated, due) ÷ Σ due.
    """

    due: Decimal
    validated: Decimal
    raw: Decimal | None
    capped: Decimal | None


def achievement(balances: Iterable[Balance]) -> Achievement:
    """Return the achievement of these engagements, raw and capped (MODEL §6, point 3).

    Engagements « suivi sans objectif chiffré » are left out by the caller: hours without hours due make no
    rate.
    """
    kept = list(balances)
    due = sum((due for due, _ in kept), Decimal(0))
    validated = sum((validated for _, validated in kept), Decimal(0))
    if due <= 0:
        return Achievement(due, validated, None, None)
    within = sum((min(balance) for balance in kept), Decimal(0))
    return Achievement(due, validated, rate(validated, due), rate(within, due))


def rate(validated: Decimal, due: Decimal) -> Decimal:
    """Return validated ÷ due (above 0) to the ten-thousandth, half up: 0.84 is 84 %."""
    return (validated / due).quantize(_RATIO, rounding=ROUND_HALF_UP)


def remaining(due: Decimal, validated: Decimal) -> Decimal:
    """Return the hours still to do, never under 0."""
    return max(Decimal(0), due - validated)


def excess(due: Decimal, validated: Decimal) -> Decimal:
    """Return the hours done beyond those due, never under 0."""
    return max(Decimal(0), validated - due)


def people_months(hours: Decimal, month_hours: Decimal) -> Decimal:
    """Return the full-time months these hours make, to the tenth. `month_hours`: dated parameter (151.67).

    Raises ValueError when `month_hours` is not positive.
    """
    if month_hours <= 0:
        raise ValueError("La durée du mois doit être supérieure à zéro.")
    return (hours / month_hours).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """« Heures non réalisées » at term and the « pénalité encourue », in euros; a simulation, not a
    decision."""

    hours: Decimal
    amount: Decimal
    sentence: str


def shortfall_penalty(
    *,
    due: Decimal,
    validated: Decimal,
    multiplier: Decimal,
    smic: Decimal,
    months_missing: int = 0,
    months_pending: int = 0,
) -> Shortfall:
    """Return max(0, due − validated) × multiplier × smic, half-up to the cent (MODEL §6, point 11).

    `smic`: gross hourly, €. 833 due, 700 validated, 2 × 12,02 € → 3 197,32 €.
    Raises PenaltyRefused while a month has no statement or a statement awaits validation.
    """
    if months_missing or months_pending:
        reasons = []
        if months_missing:
            reasons.append(f"{plural(months_missing, 'mois', 'mois')} sans relevé")
        if months_pending:
            reasons.append(f"{plural(months_pending, 'mois', 'mois')} à valider")
        raise PenaltyRefused(f"La simulation attend un suivi complet : {' et '.join(reasons)}.")
    if multiplier < 0 or smic < 0:
        raise PenaltyRefused("Le multiple et le SMIC ne peuvent pas être négatifs.", "multiplier")
    hours = remaining(due, validated)
    amount = (hours * multiplier * smic).quantize(_CENT, rounding=ROUND_HALF_UP)
    detail = (
        f"{format_hours(hours)} × {format_number(multiplier)} × {format_euros(smic)} = {format_euros(amount)}"
    )
    return Shortfall(hours, amount, detail if hours else "Aucune heure non réalisée.")
