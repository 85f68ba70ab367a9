"""What is owed: calculation of hours, schedule of dated parts, versions, achievement, shortfall, legal
articles."""

from clausette.commitments.rules.balance import (
    Achievement,
    Balance,
    Shortfall,
    achievement,
    excess,
    people_months,
    remaining,
    shortfall_penalty,
)
from clausette.commitments.rules.calculation import (
    Calculation,
    calibrate,
    cost_of,
    hours_due,
    hours_per_amount,
    rate_of,
    round_hours,
    share_of_hours,
)
from clausette.commitments.rules.legal import LegalReference, legal_reference
from clausette.commitments.rules.schedule import Part, ThreeFigures, part_due, three_figures, version_as_of
from clausette.commitments.rules.terms import (
    OPEN_KINDS,
    PartEntry,
    Terms,
    calculation_of,
    check_terms,
    due_under,
    schedule,
)

__all__ = [
    "OPEN_KINDS",
    "Achievement",
    "Balance",
    "Calculation",
    "LegalReference",
    "Part",
    "PartEntry",
    "Shortfall",
    "Terms",
    "ThreeFigures",
    "achievement",
    "calculation_of",
    "calibrate",
    "check_terms",
    "cost_of",
    "due_under",
    "excess",
    "hours_due",
    "hours_per_amount",
    "legal_reference",
    "part_due",
    "people_months",
    "rate_of",
    "remaining",
    "round_hours",
    "schedule",
    "share_of_hours",
    "shortfall_penalty",
    "three_figures",
    "version_as_of",
]
