"""« Heures non nominatives »: attested as a whole for a number of people (MODEL §5, trade practice)."""

from datetime import date
from decimal import Decimal

from clausette.hours.rules.entries import MOST
from clausette.kernel.french import format_hours, of_month
from clausette.kernel.months import first_day

MOST_PEOPLE = 9_999


def refusals_of(hours: Decimal, people: int, month: date, on: date) -> dict[str, str]:
    """Return, by field, why hours of a month cannot be attested so; {} when they can."""
    refused: dict[str, str] = {}
    if month != first_day(month):
        refused["month"] = "Un mois est noté par son premier jour."
    elif month > first_day(on):
        refused["month"] = f"Le mois {of_month(month)} n'est pas commencé : il ne peut pas être déclaré."
    if not 1 <= people <= MOST_PEOPLE:
        refused["people"] = "Indiquez le nombre de personnes, une au moins."
    elif hours > MOST * people:
        refused["hours"] = f"Un mois compte au plus {format_hours(MOST)} par personne : vérifiez la saisie."
    if hours <= 0:
        refused["hours"] = "Indiquez les heures travaillées."
    return refused
