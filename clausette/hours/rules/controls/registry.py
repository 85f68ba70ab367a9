"""The registry. A code is never given again to another control; a control that ends keeps its number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from clausette.hours.enums import Severity
from clausette.hours.rules.controls.blocking import BLOCKING
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import Finding, LineFacts
from clausette.hours.rules.controls.groups import Together
from clausette.hours.rules.controls.hearing import Hearing
from clausette.hours.rules.controls.params import ControlParams
from clausette.hours.rules.controls.shape import Control
from clausette.hours.rules.controls.telling import TELLING

CONTROLS: tuple[Control, ...] = (*BLOCKING, *TELLING)
_BY_CODE = {held.code: held for held in CONTROLS}


def control(code: str) -> Control:
    """Return the control of that code. Raises KeyError."""
    return _BY_CODE[code]


@dataclass(slots=True)
class Heard:
    """What a control says in the same words of several lines (their keys): of each of them, or of them together."""

    control: Control
    trouble: Trouble
    keys: Sequence[int]


def hear(
    lines: Sequence[LineFacts], params: ControlParams, controls: Sequence[Control] = CONTROLS
) -> Iterator[Heard]:
    """Yield what `run` finds, in the order of the registry, lines of which the same is said together.

    For who wants but words by line: a large file has several findings for each of its lines, and few words.
    """
    with_hours, every, known = _opened(lines)
    for held in controls:
        among = every if held.any_hours else with_hours
        for places, trouble in among.hear(held, params):
            yield Heard(held, trouble, [among.lines[place].key for place in places])
        for several, trouble in _together(held, known, params):
            yield Heard(held, trouble, [line.key for line in several])


def run(lines: Sequence[LineFacts], params: ControlParams, controls: Sequence[Control] = CONTROLS) -> list[Finding]:
    """Return all that the controls find, in the order of the registry, then of the lines given.

    The same for one line and for a hundred thousand. Lines without hours, and corrections downwards, are not examined
    one by one; they count in the sums. Findings bear on the lines that are the subject; a group without such a line
    gives none.
    """
    with_hours, every, known = _opened(lines)
    findings: list[Finding] = []
    for held in controls:
        among = every if held.any_hours else with_hours
        alone = [(place, trouble) for places, trouble in among.hear(held, params) for place in places]
        for place, trouble in sorted(alone, key=itemgetter(0)):
            findings.append(_finding(held, trouble, [among.lines[place]]))
        findings.extend(_finding(held, trouble, several) for several, trouble in _together(held, known, params))
    return findings


def _opened(lines: Sequence[LineFacts]) -> tuple[Hearing, Hearing, Together]:
    """Lines that are the subject and have hours, all those that are the subject, and all of them."""
    subjects = [line for line in lines if line.subject]
    with_hours = Hearing([line for line in subjects if line.hours > 0])
    every = with_hours if len(with_hours.lines) == len(subjects) else Hearing(subjects)
    return with_hours, every, Together(lines)


def _together(
    held: Control, known: Together, params: ControlParams
) -> Iterator[tuple[Sequence[LineFacts], Trouble]]:
    if held.many is None:
        return
    for group, sentence, expected, found in held.many(known, params):
        several = [line for line in group if held.bears_on(line)]
        if several:
            yield several, (sentence, expected, found)


def _finding(held: Control, trouble: Trouble, several: Sequence[LineFacts]) -> Finding:
    sentence, expected, found = trouble
    keys = tuple(line.key for line in several)
    return Finding(held.code, held.severity, sentence, held.fix, keys, several[0].month, expected, found)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity found, or None: a statement with an error cannot be validated as it is."""
    found = {finding.severity for finding in findings}
    return next((one for one in (Severity.ERROR, Severity.WARNING, Severity.INFO) if one in found), None)
