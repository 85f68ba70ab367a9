"""« Calcul des heures d'insertion »: H = M × p × t / c, its inverse and its variants.

Source: formula of the field, published by several « maisons de l'emploi »; the rounding is a choice (trade
practice: nearest hour). All arithmetic is exact until the rounding.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

from clausette.commitments.enums import Rounding
from clausette.commitments.errors import CalculationImpossible
from clausette.kernel.french import HARD, format_euros, format_hours, format_number, format_percent

_STEPS = {Rounding.MULTIPLE_5: 5, Rounding.MULTIPLE_7: 7, Rounding.MULTIPLE_35: 35}


@dataclass(frozen=True, slots=True)
class Calculation:
    """Hours found, and how.

    `raw`: before rounding, to the hundredth; `hours`: due; `labour_hours`: all the labour of the contract,
    to the hundredth; `sentence`: the arithmetic, for the screen and the paper.
    """

    raw: Decimal
    hours: Decimal
    labour_hours: Decimal
    sentence: str


def _hundredths(value: Fraction) -> Decimal:
    """Half-up, exact: no binary or decimal division before the rounding."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


def _positive(value: Decimal, field: str, sentence: str) -> None:
    if not value.is_finite() or value <= 0:
        raise CalculationImpossible(sentence, field)


def _share(value: Decimal, field: str, sentence: str) -> None:
    if not value.is_finite() or not 0 < value <= 1:
        raise CalculationImpossible(sentence, field)


def round_hours(raw: Decimal | Fraction, rounding: Rounding = Rounding.NEAREST) -> Decimal:
    """Return whole hours from exact hours; halves go up. Multiples go to the nearest multiple."""
    value = raw if isinstance(raw, Fraction) else Fraction(raw)
    if rounding == Rounding.UP:
        return Decimal(ceil(value))
    if rounding == Rounding.DOWN:
        return Decimal(floor(value))
    step = _STEPS.get(rounding, 1)
    return Decimal(floor(value / step + Fraction(1, 2)) * step)


def _check(amount_ht: Decimal, labour_share: Decimal, hourly_cost: Decimal) -> None:
    _positive(amount_ht, "amount_ht", "Le montant HT doit être supérieur à zéro.")
    _share(labour_share, "labour_share", "La part de main-d'œuvre va de plus de 0 % à 100 %.")
    _positive(hourly_cost, "hourly_cost", "Le coût horaire doit être supérieur à zéro.")


def labour_hours(*, amount_ht: Decimal, labour_share: Decimal, hourly_cost: Decimal) -> Fraction:
    """Return all the labour of a contract, in exact hours: M × p ÷ c. Raises CalculationImpossible."""
    _check(amount_ht, labour_share, hourly_cost)
    return Fraction(amount_ht) * Fraction(labour_share) / Fraction(hourly_cost)


def calibrate(
    *,
    amount_ht: Decimal,
    labour_share: Decimal,
    rate: Decimal,
    hourly_cost: Decimal,
    rounding: Rounding = Rounding.NEAREST,
) -> Calculation:
    """Return the hours of `amount_ht` (€) × `labour_share` (0–1) × `rate` (0–1) ÷ `hourly_cost` (€/h).

    1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h. Raises CalculationImpossible with the field at fault.
    """
    labour = labour_hours(amount_ht=amount_ht, labour_share=labour_share, hourly_cost=hourly_cost)
    _share(rate, "rate", "Le taux d'insertion va de plus de 0 % à 100 %.")
    raw = labour * Fraction(rate)
    hours = round_hours(raw, rounding)
    result = format_number(_hundredths(raw))
    arrow = f"{result}{HARD}h" if raw == hours else f"{result} → {format_hours(hours)}"
    sentence = (
        f"{format_euros(amount_ht)} × {format_percent(labour_share, places=4)}"
        f" × {format_percent(rate, places=4)} ÷ {format_euros(hourly_cost)}/h = {arrow}"
    )
    return Calculation(_hundredths(raw), hours, _hundredths(labour), sentence)


def rate_of(*, hours: Decimal, amount_ht: Decimal, labour_share: Decimal, hourly_cost: Decimal) -> Decimal:
    """Return the rate (0–1, four decimals) that `hours` already written mean. Raises
    CalculationImpossible."""
    _check(amount_ht, labour_share, hourly_cost)
    exact = Fraction(hours) * Fraction(hourly_cost) / (Fraction(amount_ht) * Fraction(labour_share))
    return _hundredths(exact * 100) / 100


def cost_of(*, hours: Decimal, hourly_cost: Decimal) -> Decimal:
    """Return the cost of these hours, in euros to the cent."""
    return (hours * hourly_cost).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def hours_due(minimum: Decimal | None, offer: Decimal | None) -> Decimal | None:
    """Return the greater of « minimum exigé » and « engagement de l'offre »; None when both are unknown
    (MODEL §2)."""
    known = [hours for hours in (minimum, offer) if hours is not None]
    return max(known) if known else None


def hours_per_amount(
    *,
    amount_ht: Decimal,
    euros_per_hour: Decimal,
    beyond: Decimal = Decimal(0),
    rounding: Rounding = Rounding.DOWN,
) -> Decimal:
    """Return the hours of « 1 h par `euros_per_hour` € HT au-delà de `beyond` € » for the amount ordered
    or invoiced.

    Below the threshold: 0. By default only whole steps count, as such a clause is written. A real clause says
    1 h for 2 000 € beyond 2 700 000 €. Raises CalculationImpossible.
    """
    _positive(euros_per_hour, "euros_per_hour", "Le montant par heure doit être supérieur à zéro.")
    if amount_ht < 0 or beyond < 0:
        raise CalculationImpossible("Un montant ne peut pas être négatif.", "amount_ht")
    base = max(Fraction(0), Fraction(amount_ht) - Fraction(beyond))
    return round_hours(base / Fraction(euros_per_hour), rounding)


def share_of_hours(*, base_hours: Decimal, share: Decimal, rounding: Rounding = Rounding.NEAREST) -> Decimal:
    """Return the hours due as a share (0–1) of the hours worked that the contractor declares for the
    period."""
    _share(share, "share", "La part des heures va de plus de 0 % à 100 %.")
    if base_hours < 0:
        raise CalculationImpossible("Un nombre d'heures ne peut pas être négatif.", "base_hours")
    return round_hours(Fraction(base_hours) * Fraction(share), rounding)
