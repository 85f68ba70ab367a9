"""What may be typed of a training before hiring (MODEL §2; reference of the trade, §2.5: tied to a hiring)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.rules.entries import refusal_of
from clausette.kernel.french import format_date, format_hours, of_month
from clausette.kernel.months import first_day

MOST = Decimal(9999)


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """A training about to be credited. `left`: hours of its certificate that no line holds yet. `hired_on`: after."""

    starts_on: date
    ends_on: date
    hours: Decimal
    left: Decimal
    hired_on: date


def refusals_of(training: TrainingFacts, hours: Decimal, month: date, on: date) -> dict[str, str]:
    """Return, by field, why these hours of a month cannot be typed; {} when they can. Hours in hours."""
    refused = _of_training(training)
    if month != first_day(month):
        refused["month"] = "Un mois est noté par son premier jour."
    elif month > first_day(on):
        refused["month"] = f"Le mois {of_month(month)} n'est pas commencé : il ne peut pas être déclaré."
    elif not first_day(training.starts_on) <= month <= training.ends_on:
        dates = f"du {format_date(training.starts_on)} au {format_date(training.ends_on)}"
        refused["month"] = f"Aucun jour de ce mois n'est dans la formation ({dates})."
    if hours <= 0:
        refused["hours"] = "Indiquez les heures de formation du mois."
    elif told := refusal_of(hours):
        refused["hours"] = told
    elif hours > training.left:
        refused["hours"] = f"L'attestation laisse {format_hours(training.left)} à déclarer."
    return refused


def _of_training(training: TrainingFacts) -> dict[str, str]:
    """Why there is no such training, by field."""
    refused: dict[str, str] = {}
    if training.ends_on < training.starts_on:
        refused["ends_on"] = "La fin de la formation précède son début."
    elif training.ends_on >= training.hired_on:
        hired = format_date(training.hired_on)
        refused["ends_on"] = f"Le contrat de travail commence le {hired} : la formation finit avant."
    if training.hours <= 0:
        refused["attested"] = "Les heures attestées sont supérieures à zéro."
    elif training.hours > MOST:
        refused["attested"] = "Ce nombre d'heures est trop grand : vérifiez la saisie."
    return refused
