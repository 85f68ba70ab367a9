"""Counting rules of an engagement: its own, else those of the structure, else the dated parameters (MODEL §2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import WorkStudyCounting
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date
from clausette.kernel.months import first_day

MOST_MONTHS = 120
MOST_MULTIPLIER = Decimal("999.99")


@dataclass(frozen=True, slots=True)
class Counting:
    """Rules as they are written somewhere; None where nothing is said. Months, share of hours due (0–1)."""

    cdi_months: int | None = None
    work_study: WorkStudyCounting | None = None
    training_cap: Decimal | None = None
    validity_months: int | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The rules that apply; `own`: names of those that the engagement says itself. No cap: `training_cap` is None."""

    cdi_months: int
    work_study: WorkStudyCounting
    training_cap: Decimal | None
    validity_months: int
    own: frozenset[str]


def applied(own: Counting, structure: Counting, *, validity_months: int) -> Applied:
    """Return the rules of an engagement. `validity_months`: dated parameter, for persons and for CDI alike.

    Sources disagree between territories (24 months, 12, 4 years): the market first, the structure, the parameter.
    """
    names = ("cdi_months", "work_study", "training_cap", "validity_months")
    said = {name: getattr(own, name) for name in names if getattr(own, name) is not None}
    known = {name: getattr(structure, name) for name in names if getattr(structure, name) is not None} | said
    return Applied(
        cdi_months=known.get("cdi_months", validity_months),
        work_study=known.get("work_study", WorkStudyCounting.ALL),
        training_cap=known.get("training_cap"),
        validity_months=known.get("validity_months", validity_months),
        own=frozenset(said),
    )


def check_counting(
    *,
    cdi_months: int | None,
    training_cap: Decimal | None,
    validity_months: int | None,
    due_day: int | None = None,
    penalty_multiplier: Decimal | None = None,
) -> None:
    """Refuse months out of 1–120, a share out of 0–100 %, a due day out of 1–28, a multiplier out of 0–999,99.

    Raises Invalid.
    """
    errors: dict[str, str] = {}
    for field, months in (("cdi_months", cdi_months), ("validity_months", validity_months)):
        if months is not None and not 1 <= months <= MOST_MONTHS:
            errors[field] = f"Les mois comptés vont de 1 à {MOST_MONTHS}."
    if training_cap is not None and not 0 <= training_cap <= 1:
        errors["training_cap"] = "La part des heures de formation va de 0 % à 100 %."
    if due_day is not None and not 1 <= due_day <= 28:
        errors["due_day"] = "Le jour attendu du relevé est compris entre 1 et 28."
    if penalty_multiplier is not None and not 0 <= penalty_multiplier <= MOST_MULTIPLIER:
        errors["penalty_multiplier"] = "Le coefficient de pénalité va de 0 à 999,99."
    if errors:
        raise Invalid(errors)


def check_expected(month: date | None, *, starts_on: date) -> None:
    """Refuse a first month expected that is not a month (its first day), or is before the engagement.

    Trade practice: months before a follow-up begins are told by a balance taken over, or by nobody. Raises Invalid.
    """
    if month is None:
        return
    if month.day != 1:
        raise Invalid({"expected_from": "Écrivez un mois, comme 10/2026."})
    if month < first_day(starts_on):
        raise Invalid({"expected_from": f"L'engagement commence le {format_date(starts_on)}."})
