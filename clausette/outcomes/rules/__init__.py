"""Rules of the outcomes: next step of a path, classes of exits, follow-up points, rates."""

from clausette.outcomes.rules.exits import CLASSES, PointRate, Rates, SeenExit, class_of, due_on, rates
from clausette.outcomes.rules.steps import Delays, PathFacts, Step, StepKind, next_step

__all__ = [
    "CLASSES",
    "Delays",
    "PathFacts",
    "PointRate",
    "Rates",
    "SeenExit",
    "Step",
    "StepKind",
    "class_of",
    "due_on",
    "next_step",
    "rates",
]
