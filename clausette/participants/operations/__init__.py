"""Verbs about persons: registered, corrected, checked; a decision is never rewritten, it is withdrawn or followed."""

from clausette.participants.operations.checks import (
    CategoryEntry,
    ask_check,
    decide_eligibility,
    take_over_check,
    withdraw_check,
)
from clausette.participants.operations.persons import change_participant, create_participant

__all__ = [
    "CategoryEntry",
    "ask_check",
    "change_participant",
    "create_participant",
    "decide_eligibility",
    "take_over_check",
    "withdraw_check",
]
