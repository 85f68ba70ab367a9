"""Tables of the outcomes room."""

from clausette.outcomes.models.fse import (
    EntryQuestionnaire,
    ExitQuestionnaire,
    FundedEntry,
    FundedOperation,
    SensitiveAnswers,
)
from clausette.outcomes.models.path import FollowUp, Interview, PathExit, TrainingAction

__all__ = [
    "EntryQuestionnaire",
    "ExitQuestionnaire",
    "FollowUp",
    "FundedEntry",
    "FundedOperation",
    "Interview",
    "PathExit",
    "SensitiveAnswers",
    "TrainingAction",
]
