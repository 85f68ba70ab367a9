"""« Retenu sous réserve » and « régularisation »: hours kept although a piece or a decision came late (MODEL §5)."""

from dataclasses import dataclass
from datetime import date

from clausette.kernel.months import add_months

LIFTABLE = frozenset({"E006", "E022"})
"""Controls that a reserve or a reason can answer: the decision of eligibility is awaited, or came after the hours."""
LONGEST = 6  # months: beyond, a reserve is no more an expectation


@dataclass(frozen=True, slots=True)
class Reserve:
    """Why hours are retained before their piece is there, and until when it is awaited."""

    until: date | None
    reason: str


def refusal_of_limit(until: date | None, on: date) -> str:
    """Return why a reserve set on `on` cannot run until that day, « » when it can."""
    if until is None:
        return "Donnez la date limite de la réserve."
    if until < on:
        return "La date limite de la réserve est passée."
    if until > add_months(on, LONGEST):
        return f"Une réserve dure au plus {LONGEST} mois."
    return ""


def is_near(until: date, on: date, *, days: int) -> bool:
    """Say whether the limit of a reserve asks for a gesture: passed, or within `days` days (dated parameter)."""
    return (until - on).days <= days
