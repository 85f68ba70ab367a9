"""The facts frozen with a decision: what a later change of the person never moves (MODEL §4 and §6, rule 7).

Age, level and « quartier prioritaire » are those of the entry. A level is a code of the list of the ASP.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.errors import Invalid
from clausette.kernel.months import add_months
from clausette.participants.enums import DistrictMeans
from clausette.participants.rules.checks import age_at
from clausette.participants.rules.criteria import CRITERIA_RULES, LEVELS


@dataclass(frozen=True, slots=True)
class FactsEntry:
    """What was said of a person beside the papers. `in_district`, `already_employed`: None when it was not asked."""

    level: str = ""
    in_district: bool | None = None
    district_2024: str = ""
    district_2015: str = ""
    district_means: DistrictMeans | None = None
    registered_on: date | None = None
    months_worked: Decimal | None = None
    already_employed: bool | None = None


@dataclass(frozen=True, slots=True)
class FrozenFacts:
    """The facts as they are kept."""

    age: int | None
    level: str
    level_words: str
    in_district: bool | None
    district_2024: str
    district_2015: str
    district_means: str
    registered_on: date | None
    months_registered: int | None
    months_worked: Decimal | None
    already_employed: bool | None
    rule_version: str


def whole_months(since: date, on: date) -> int:
    """Return the whole months from `since` to `on`: 12 on the very day of the twelfth month, its end clamped.

    Raises ValueError when `on` precedes `since`.
    """
    if on < since:
        raise ValueError("La date est dans le futur.")
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def frozen_facts(entry: FactsEntry, *, born_on: date, decided_on: date, codes: frozenset[str]) -> FrozenFacts:
    """Return what is kept of the day `decided_on`; the public « QPV » among `codes` says that the person lives in one.

    Raises Invalid, with every field at fault.
    """
    errors: dict[str, str] = {}
    if entry.level and entry.level not in LEVELS:
        errors["level"] = "Choisissez un niveau de la liste."
    if entry.registered_on is not None and entry.registered_on > decided_on:
        errors["registered_on"] = "L'inscription est datée d'après la décision."
    if entry.months_worked is not None and not 0 <= entry.months_worked <= 12:
        errors["months_worked"] = "Un nombre de mois de 0 à 12."
    named = bool(entry.district_2024 or entry.district_2015)
    lives = True if named or "QPV" in codes else entry.in_district
    if errors:
        raise Invalid(errors)
    since = entry.registered_on
    return FrozenFacts(
        age=age_at(born_on, decided_on) if born_on <= decided_on else None,
        level=entry.level, level_words=LEVELS.get(entry.level, ""), in_district=lives,
        district_2024=entry.district_2024, district_2015=entry.district_2015,
        district_means=(entry.district_means or DistrictMeans.TYPED) if lives else "",
        registered_on=since, months_registered=None if since is None else whole_months(since, decided_on),
        months_worked=entry.months_worked, already_employed=entry.already_employed, rule_version=CRITERIA_RULES,
    )  # fmt: skip
