"""The registry. A code is never given again to another control; a control that ends keeps its number."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from clausette.hours.enums import Severity
from clausette.hours.rules.controls.blocking import BLOCKING
from clausette.hours.rules.controls.facts import Finding, LineFacts
from clausette.hours.rules.controls.groups import Together
from clausette.hours.rules.controls.params import ControlParams
from clausette.hours.rules.controls.shape import Control
from clausette.hours.rules.controls.telling import TELLING

CONTROLS: tuple[Control, ...] = (*BLOCKING, *TELLING)
_BY_CODE = {held.code: held for held in CONTROLS}


def control(code: str) -> Control:
    """Return the control of that code. Raises KeyError."""
    return _BY_CODE[code]


def run(lines: Sequence[LineFacts], params: ControlParams, controls: Sequence[Control] = CONTROLS) -> list[Finding]:
    """Return all that the controls find, in the order of the registry, then of the lines given.

    The same for one line and for a hundred thousand. Lines without hours, and corrections downwards, are not examined
    one by one; they count in the sums. Findings bear on the lines that are the subject; a group without such a line
    gives none.
    """
    subjects = [line for line in lines if line.subject]
    with_hours = [line for line in subjects if line.hours > 0]
    known = Together(lines)
    findings: list[Finding] = []
    for held in controls:
        findings.extend(_one_by_one(held, subjects if held.any_hours else with_hours, params))
        findings.extend(_together(held, known, params))
    return findings


def _one_by_one(held: Control, lines: Iterable[LineFacts], params: ControlParams) -> Iterator[Finding]:
    if held.one is None:
        return
    look, code, severity, fix = held.one, held.code, held.severity, held.fix
    for line in filter(attrgetter(held.about), lines) if held.about else lines:
        trouble = look(line, params)
        if trouble is not None and held.bears_on(line):
            sentence, expected, found = trouble
            yield Finding(code, severity, sentence, fix, (line.key,), line.month, expected, found)


def _together(held: Control, known: Together, params: ControlParams) -> Iterator[Finding]:
    if held.many is None:
        return
    for group, sentence, expected, found in held.many(known, params):
        keys = tuple(line.key for line in group if held.bears_on(line))
        if keys:
            yield Finding(held.code, held.severity, sentence, held.fix, keys, group[0].month, expected, found)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity found, or None: a statement with an error cannot be validated as it is."""
    found = {finding.severity for finding in findings}
    return next((one for one in (Severity.ERROR, Severity.WARNING, Severity.INFO) if one in found), None)
