"""Somebody declared who is not in the list: what may be kept of them, and how sure a match is. Pure.

Source: GDPR art. 5 (minimisation): the names, the month, the hours, and what helps to tell who it is; no social
security number (decree 2019-341). Nothing is credited before a person says who it is (practice of the trade).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.rules.entries import MOST
from clausette.kernel.french import format_hours
from clausette.kernel.months import last_day
from clausette.participants.rules import age_at

YOUNGEST, OLDEST = 14, 99
NAME_MOST, EMPLOYER_MOST, NOTE_MOST = 80, 150, 300


@dataclass(frozen=True, slots=True)
class NewUnlisted:
    """What a firm types of somebody who is not in its list, in a month. Hours in hours, days included."""

    last_name: str
    first_name: str
    hours: Decimal
    birth_date: date | None = None
    employer_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


def refusals_of_unlisted(
    one: NewUnlisted, month: date, on: date, key: Callable[[str], str]
) -> dict[str, str]:
    """Return, by field, why this cannot be kept, in French; {} when it can. `key`: of a name, as it is compared."""
    refused: dict[str, str] = {}
    if not key(one.last_name):
        refused["last_name"] = "Écrivez le nom."
    if not key(one.first_name):
        refused["first_name"] = "Écrivez le prénom."
    if one.hours <= 0:
        refused["hours"] = "Indiquez les heures travaillées."
    elif one.hours > MOST:
        refused["hours"] = f"Les heures d'un mois ne dépassent pas {format_hours(MOST)}."
    return refused | _born(one.birth_date, on) | _employed(one, month)


def _born(day: date | None, on: date) -> dict[str, str]:
    if day is None:
        return {}
    if day > on:
        return {"birth_date": "La date de naissance est dans le futur."}
    age = age_at(day, on)
    told = f"Cette personne aurait {age} ans : vérifiez la date de naissance."
    return {} if YOUNGEST <= age <= OLDEST else {"birth_date": told}


def _employed(one: NewUnlisted, month: date) -> dict[str, str]:
    if one.starts_on and one.ends_on and one.ends_on < one.starts_on:
        return {"ends_on": "La fin du contrat de travail est avant son début."}
    if one.starts_on and one.starts_on > last_day(month):
        return {"starts_on": "Ce contrat de travail commence après ce mois."}
    if one.ends_on and one.ends_on < month:
        return {"ends_on": "Ce contrat de travail est terminé avant ce mois."}
    return {}


def confidence(score: int, *, born: bool) -> str:
    """Say in French how sure a likeness of `score` (0 to 100) is; `born`: the birth dates were compared too."""
    if score >= 90:
        return "très probable"
    if score >= 70:
        return "probable"
    if born:
        return "à vérifier" if score >= 45 else ""
    return "nom seul, naissance non dite" if score >= 40 else ""
