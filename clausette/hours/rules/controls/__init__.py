"""The controls: one registry, codes that never change, sentences in French with expected, found and what
to do."""

from clausette.hours.rules.controls.facts import Finding, LineFacts, OwedFacts, Part, Span, WorkFacts
from clausette.hours.rules.controls.params import PARAMETER_CODES, ControlParams
from clausette.hours.rules.controls.registry import CONTROLS, Heard, control, hear, run, worst
from clausette.hours.rules.controls.shape import Control

__all__ = [
    "CONTROLS",
    "PARAMETER_CODES",
    "Control",
    "ControlParams",
    "Finding",
    "Heard",
    "LineFacts",
    "OwedFacts",
    "Part",
    "Span",
    "WorkFacts",
    "control",
    "hear",
    "run",
    "worst",
]
