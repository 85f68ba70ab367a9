"""« Calcul des heures d'insertion » of a study, by any of the six methods, with its arithmetic told.

The formula H = M × p × t ÷ c, its inverse and its rounding are those of `commitments` (the same hours will be due).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor

from clausette.advice.enums import AmountBasis, Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.rules.asking import Ask, check_ask, total_of
from clausette.advice.rules.cleaning import cleaning_hours, cleaning_warnings
from clausette.advice.rules.equivalents import Equivalents, equivalents
from clausette.advice.rules.limits import Limits
from clausette.advice.rules.warnings import Warned, warnings_of
from clausette.commitments.enums import Rounding
from clausette.commitments.rules import calibrate as formula
from clausette.commitments.rules import cost_of, hours_per_amount, rate_of, round_hours
from clausette.kernel.french import (
    HARD,
    MINUS,
    format_euros,
    format_hours,
    format_number,
    format_percent,
    plural,
)

CALIBRATION_RULES = "calcul-2026.1"
"""Version of these rules, kept beside each result."""

MOST_HOURS = Decimal(10) ** 9
"""Above this the figures do not go together; the table of kept calculations holds no more."""

_HUNDRED_THOUSAND = Decimal(100_000)
_OUT_OF_SCALE = "Ces chiffres ne vont pas ensemble : vérifiez le montant, la part et le coût."


@dataclass(frozen=True, slots=True)
class Calibration:
    """A figure and where it comes from. None where the method does not give it.

    `hours`: rounded, to write in the tender; `raw`: to the hundredth; `labour_hours`: all the labour of the contract;
    `per_100k`: hours by 100 000 € ordered, to the tenth; `rate` (0–1, four decimals): share of the labour that the
    hours take; `cost`: of the hours for the firm, in euros; `potential`: P of the PACT Propreté.
    """

    method: Method
    arithmetic: str
    hours: Decimal | None = None
    raw: Decimal | None = None
    labour_hours: Decimal | None = None
    per_100k: Decimal | None = None
    rate: Decimal | None = None
    cost: Decimal | None = None
    potential: Decimal | None = None
    amount: Decimal | None = None
    equivalents: Equivalents | None = None
    warnings: tuple[Warned, ...] = ()
    rule_version: str = CALIBRATION_RULES


def calibrate(ask: Ask, limits: Limits) -> Calibration:
    """Return the figure asked. Raises CannotCalibrate with every field at fault.

    1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833 h. Warnings are practice: they forbid nothing.
    """
    check_ask(ask)
    try:
        return _told(ask, _METHODS[ask.method](ask, limits), limits)
    except InvalidOperation as absurd:  # more digits than a Decimal keeps: an amount of a thousandth of a cent
        raise CannotCalibrate({"": _OUT_OF_SCALE}) from absurd


def _told(ask: Ask, found: Calibration, limits: Limits) -> Calibration:
    """The figure with its whole amount, its equivalents and its warnings."""
    if found.hours is not None and found.hours > MOST_HOURS:
        raise CannotCalibrate({"": _OUT_OF_SCALE})
    told = warnings_of(hours=found.hours, rate=found.rate, months=ask.months, basis=ask.basis, limits=limits)
    return replace(
        found,
        amount=total_of(ask),
        arithmetic=_years_told(ask) + found.arithmetic,
        equivalents=equivalents(found.hours, limits) if found.hours else None,
        warnings=_merged(found.warnings, told),
    )


def _merged(own: tuple[Warned, ...], told: tuple[Warned, ...]) -> tuple[Warned, ...]:
    """The floor of cleaning says more than the general one: one warning for one fact."""
    return (*own, *(one for one in told if not (own and one.code == "too_small")))


def _years_told(ask: Ask) -> str:
    if ask.basis != AmountBasis.ANNUAL or ask.amount is None or ask.years is None:
        return ""
    years = plural(int(ask.years), "an") if ask.years == int(ask.years) else f"{format_number(ask.years)}{HARD}ans"
    return f"{format_euros(ask.amount)} par an × {years} = {format_euros(ask.amount * ask.years)} ; "


def _known(value: Decimal | None) -> Decimal:
    """A figure that `check_ask` made sure of."""
    if value is None:
        raise ValueError("check_ask did not run")
    return value


def _lot(ask: Ask, limits: Limits) -> Calibration:
    rate, cost = _known(ask.insertion_rate), _known(ask.hourly_cost)
    found = formula(
        amount_ht=_known(total_of(ask)),
        labour_share=_known(ask.labour_share),
        rate=rate,
        hourly_cost=cost,
        rounding=ask.rounding or Rounding.NEAREST,
    )
    return Calibration(
        Method.LOT, found.sentence, found.hours, found.raw, found.labour_hours, rate=rate,
        cost=cost_of(hours=found.hours, hourly_cost=cost),
    )  # fmt: skip


def _cleaning(ask: Ask, limits: Limits) -> Calibration:
    turnover, rate = ask.hourly_cost or limits.cleaning_hour, _known(ask.insertion_rate)
    found = cleaning_hours(
        amount=_known(total_of(ask)),
        months=_known(ask.months),
        monthly_hours=_known(ask.monthly_hours),
        turnover_hour=turnover,
        rate=rate,
        rounding=ask.rounding or Rounding.NEAREST,
    )
    return Calibration(
        Method.CLEANING, found.sentence, found.hours, found.raw, found.labour_hours, rate=rate,
        potential=found.potential, warnings=cleaning_warnings(found, limits.cleaning_least),
    )  # fmt: skip


def _per_100k(ask: Ask, limits: Limits) -> Calibration:
    share, rate, cost = _known(ask.labour_share), _known(ask.insertion_rate), _known(ask.hourly_cost)
    exact = Fraction(share) * Fraction(rate) / Fraction(cost) * Fraction(_HUNDRED_THOUSAND)
    tenth = Decimal(floor(exact * 10 + Fraction(1, 2))) / 10
    sentence = (
        f"{format_euros(_HUNDRED_THOUSAND)} × {format_percent(share, places=4)} × {format_percent(rate, places=4)} ÷ "
        f"{format_euros(cost)}/h = {format_hours(tenth)} par {format_euros(_HUNDRED_THOUSAND)} HT commandés"
    )
    found = Calibration(Method.PER_100K, sentence, per_100k=tenth, rate=rate)
    amount = total_of(ask)
    if amount is None:
        return found
    whole = exact * Fraction(amount) / Fraction(_HUNDRED_THOUSAND)
    hours = round_hours(whole, ask.rounding or Rounding.NEAREST)
    return replace(
        found,
        arithmetic=f"{sentence} ; pour {format_euros(amount)} commandés : {format_hours(hours)}",
        hours=hours,
        raw=Decimal(floor(whole * 100 + Fraction(1, 2))) / 100,
        cost=cost_of(hours=hours, hourly_cost=cost),
    )


def _beyond(ask: Ask, limits: Limits) -> Calibration:
    amount, step, beyond = _known(total_of(ask)), _known(ask.euros_per_hour), ask.beyond or Decimal(0)
    hours = hours_per_amount(
        amount_ht=amount, euros_per_hour=step, beyond=beyond, rounding=ask.rounding or Rounding.DOWN
    )
    base = max(Decimal(0), amount - beyond)
    if not base:
        sentence = f"{format_euros(amount)} facturés : le seuil de {format_euros(beyond)} n'est pas dépassé, 0{HARD}h"
    else:
        left = f"({format_euros(amount)} {MINUS} {format_euros(beyond)})" if beyond else format_euros(amount)
        sentence = f"{left} ÷ {format_euros(step)} par heure = {format_hours(hours)}"
    cost = cost_of(hours=hours, hourly_cost=ask.hourly_cost) if ask.hourly_cost else None
    raw = Decimal(floor(Fraction(base) / Fraction(step) * 100 + Fraction(1, 2))) / 100
    return Calibration(Method.BEYOND, sentence, hours, raw, cost=cost)


def _inverse(ask: Ask, limits: Limits) -> Calibration:
    hours, amount = _known(ask.hours), _known(total_of(ask))
    share, cost = _known(ask.labour_share), _known(ask.hourly_cost)
    rate = rate_of(hours=hours, amount_ht=amount, labour_share=share, hourly_cost=cost)
    labour = Decimal(floor(Fraction(amount) * Fraction(share) / Fraction(cost) * 100 + Fraction(1, 2))) / 100
    sentence = (
        f"{format_hours(hours)} × {format_euros(cost)}/h ÷ ({format_euros(amount)} × {format_percent(share, places=4)})"
        f" = {format_percent(rate, places=2)} de la main-d'œuvre"
    )
    return Calibration(
        Method.INVERSE, sentence, hours, labour_hours=labour, rate=rate,
        cost=cost_of(hours=hours, hourly_cost=cost),
    )  # fmt: skip


def _cost(ask: Ask, limits: Limits) -> Calibration:
    hours, hourly, amount = _known(ask.hours), _known(ask.hourly_cost), total_of(ask)
    cost = cost_of(hours=hours, hourly_cost=hourly)
    sentence = f"{format_hours(hours)} × {format_euros(hourly)}/h = {format_euros(cost)}"
    if amount is not None:
        sentence += f", soit {format_percent(cost / amount, places=2)} du montant HT"
    return Calibration(Method.COST, sentence, hours, cost=cost)


_METHODS: dict[Method, Callable[[Ask, Limits], Calibration]] = {
    Method.LOT: _lot,
    Method.CLEANING: _cleaning,
    Method.PER_100K: _per_100k,
    Method.BEYOND: _beyond,
    Method.INVERSE: _inverse,
    Method.COST: _cost,
}
