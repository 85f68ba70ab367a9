"""Rules of the outcomes: next step of a path, classes of exits, follow-up points, rates; FSE+ entries."""

from clausette.outcomes.rules.exits import CLASSES, PointRate, Rates, SeenExit, class_of, due_on, rates
from clausette.outcomes.rules.fse import (
    LABELS,
    EntrySaid,
    ExitSaid,
    Participation,
    SensitiveSaid,
    Thresholds,
    count_indicators,
    exit_due_on,
    indicators_of,
    missing_at_entry,
    missing_at_exit,
    refusal_to_enter,
    retention_end,
    too_short,
)
from clausette.outcomes.rules.steps import Delays, PathFacts, Step, StepKind, next_step

__all__ = [
    "CLASSES",
    "LABELS",
    "Delays",
    "EntrySaid",
    "ExitSaid",
    "Participation",
    "PathFacts",
    "PointRate",
    "Rates",
    "SeenExit",
    "SensitiveSaid",
    "Step",
    "StepKind",
    "Thresholds",
    "class_of",
    "count_indicators",
    "due_on",
    "exit_due_on",
    "indicators_of",
    "missing_at_entry",
    "missing_at_exit",
    "next_step",
    "rates",
    "refusal_to_enter",
    "retention_end",
    "too_short",
]
