"""What a calibration is asked with: which figures each method needs, and how they are refused."""

from dataclasses import dataclass
from decimal import Decimal

from clausette.advice.enums import AmountBasis, Method
from clausette.advice.errors import CannotCalibrate
from clausette.commitments.enums import Rounding

LARGEST = Decimal(10) ** 12
"""Above this, in euros or in hours, a figure is a typing error."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Figures of a calibration. Amounts in euros without tax, shares and rates from 0 to 1, costs in euros per hour.

    `years`: how many times an annual amount is paid, reconductions included. `months`: duration of the work.
    `hours`: a volume already written (inverse, cost). `monthly_hours`: hours of a month of the staff taken over
    (cleaning). `euros_per_hour` and `beyond`: « 1 h par 2 000 € facturés au-delà de 2 700 000 € ».
    `rounding`: None leaves the usual one of the method.
    """

    method: Method
    amount: Decimal | None = None
    basis: AmountBasis | None = None
    years: Decimal | None = None
    labour_share: Decimal | None = None
    insertion_rate: Decimal | None = None
    hourly_cost: Decimal | None = None
    rounding: Rounding | None = None
    months: Decimal | None = None
    hours: Decimal | None = None
    monthly_hours: Decimal | None = None
    euros_per_hour: Decimal | None = None
    beyond: Decimal | None = None


SENTENCES = {
    "amount": "Donnez le montant HT.",
    "years": "Donnez le nombre d'années, reconductions comprises.",
    "labour_share": "Donnez la part de main-d'œuvre sur site.",
    "insertion_rate": "Donnez le taux d'insertion.",
    "hourly_cost": "Donnez le coût horaire.",
    "months": "Donnez la durée en mois.",
    "hours": "Donnez le volume d'heures.",
    "monthly_hours": "Donnez les heures mensuelles des salariés à reprendre.",
    "euros_per_hour": "Donnez le montant qui fait une heure.",
}
_FORMULA = ("labour_share", "insertion_rate", "hourly_cost")
NEEDED: dict[Method, tuple[str, ...]] = {
    Method.LOT: ("amount", *_FORMULA),
    Method.CLEANING: ("amount", "months", "monthly_hours", "insertion_rate"),
    Method.PER_100K: _FORMULA,
    Method.BEYOND: ("amount", "euros_per_hour"),
    Method.INVERSE: ("amount", "hours", "labour_share", "hourly_cost"),
    Method.COST: ("hours", "hourly_cost"),
}
USED: dict[Method, tuple[str, ...]] = {
    Method.LOT: (*NEEDED[Method.LOT], "basis", "years", "months", "rounding"),
    Method.CLEANING: (*NEEDED[Method.CLEANING], "basis", "years", "hourly_cost", "rounding"),
    Method.PER_100K: (*NEEDED[Method.PER_100K], "amount", "basis", "years", "months", "rounding"),
    Method.BEYOND: (*NEEDED[Method.BEYOND], "beyond", "basis", "years", "hourly_cost", "months", "rounding"),
    Method.INVERSE: (*NEEDED[Method.INVERSE], "basis", "years", "months"),
    Method.COST: (*NEEDED[Method.COST], "amount", "basis", "years", "months"),
}
_ABOVE_ZERO = {
    "amount": "Le montant HT doit être supérieur à zéro.",
    "years": "Le nombre d'années doit être supérieur à zéro.",
    "hourly_cost": "Le coût horaire doit être supérieur à zéro.",
    "months": "La durée doit être supérieure à zéro.",
    "hours": "Le volume d'heures doit être supérieur à zéro.",
    "euros_per_hour": "Le montant qui fait une heure doit être supérieur à zéro.",
}
_NOT_BELOW_ZERO = {
    "beyond": "Le seuil ne peut pas être négatif.",
    "monthly_hours": "Les heures mensuelles ne peuvent pas être négatives.",
}
_SHARES = {
    "labour_share": "La part de main-d'œuvre va de plus de 0 % à 100 %.",
    "insertion_rate": "Le taux d'insertion va de plus de 0 % à 100 %.",
}


def check_ask(ask: Ask) -> None:
    """Refuse what is missing for the method or out of bounds, every field at once. Raises CannotCalibrate."""
    used = USED[ask.method]
    errors = {field: SENTENCES[field] for field in NEEDED[ask.method] if getattr(ask, field) is None}
    if ask.basis == AmountBasis.ANNUAL and ask.years is None and ask.amount is not None:
        errors["years"] = SENTENCES["years"]
    for field in used:
        value = getattr(ask, field)
        if isinstance(value, Decimal) and (told := _wrong(field, value)):
            errors[field] = told
    if errors:
        raise CannotCalibrate(errors)


def _wrong(field: str, value: Decimal) -> str:
    if not value.is_finite():
        return "Écrivez un nombre."
    if field in _SHARES:
        return "" if 0 < value <= 1 else _SHARES[field]
    if value > LARGEST:
        return "Ce nombre est trop grand."
    if field in _ABOVE_ZERO and value <= 0:
        return _ABOVE_ZERO[field]
    return _NOT_BELOW_ZERO.get(field, "") if value < 0 else ""


def total_of(ask: Ask) -> Decimal | None:
    """Return the whole amount in euros without tax: an annual amount × its years."""
    if ask.amount is None or ask.basis != AmountBasis.ANNUAL or ask.years is None:
        return ask.amount
    return ask.amount * ask.years
