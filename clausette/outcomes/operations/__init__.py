"""Verbs of the outcomes: training actions, interviews, exits and their follow-up; FSE+ operations and entries."""

from clausette.outcomes.operations.exits import answer_point, confirm_exit, withdraw_exit
from clausette.outcomes.operations.fse import (
    OperationValues,
    Signature,
    change_operation,
    create_operation,
    enter,
    fill_entry,
    leave,
    withdraw_entry,
)
from clausette.outcomes.operations.interviews import note_interview, withdraw_interview
from clausette.outcomes.operations.training import (
    TrainingValues,
    add_training,
    change_training,
    end_training,
    withdraw_training,
)

__all__ = [
    "OperationValues",
    "Signature",
    "TrainingValues",
    "add_training",
    "answer_point",
    "change_operation",
    "change_training",
    "confirm_exit",
    "create_operation",
    "end_training",
    "enter",
    "fill_entry",
    "leave",
    "note_interview",
    "withdraw_entry",
    "withdraw_exit",
    "withdraw_interview",
    "withdraw_training",
]
