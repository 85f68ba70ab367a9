"""Verbs of the outcomes: training actions, interviews, exits and their follow-up."""

from clausette.outcomes.operations.exits import answer_point, confirm_exit, withdraw_exit
from clausette.outcomes.operations.interviews import note_interview, withdraw_interview
from clausette.outcomes.operations.training import (
    TrainingValues,
    add_training,
    change_training,
    end_training,
    withdraw_training,
)

__all__ = [
    "TrainingValues",
    "add_training",
    "answer_point",
    "change_training",
    "confirm_exit",
    "end_training",
    "note_interview",
    "withdraw_exit",
    "withdraw_interview",
    "withdraw_training",
]
