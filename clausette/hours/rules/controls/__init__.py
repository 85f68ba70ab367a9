"""The controls: one registry, codes that never change, sentences in French with expected, found and what
to do."""

from clausette.hours.rules.controls.facts import ControlParams, Finding, LineFacts, Span
from clausette.hours.rules.controls.registry import CONTROLS, Control, control, run, worst

__all__ = ["CONTROLS", "Control", "ControlParams", "Finding", "LineFacts", "Span", "control", "run", "worst"]
