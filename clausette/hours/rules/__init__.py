"""Monthly statements: their life, what they lack, which months are known, corrections; the controls."""

from clausette.hours.rules.life import (
    LINE_TRANSITIONS,
    TRANSITIONS,
    SubmissionFacts,
    allowed,
    check_transition,
    correction_delta,
    is_regularisation,
    missing_to_submit,
)
from clausette.hours.rules.months import (
    StatementFacts,
    closes_on,
    due_on,
    is_late,
    last_late,
    missing_months,
    month_status,
    months_expected,
    pending_months,
    silent_months,
)

__all__ = [
    "LINE_TRANSITIONS",
    "TRANSITIONS",
    "StatementFacts",
    "SubmissionFacts",
    "allowed",
    "check_transition",
    "closes_on",
    "correction_delta",
    "due_on",
    "is_late",
    "is_regularisation",
    "last_late",
    "missing_months",
    "missing_to_submit",
    "month_status",
    "months_expected",
    "pending_months",
    "silent_months",
]
