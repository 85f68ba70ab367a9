"""Hours validated that the counting rules of their engagement would not take today (MODEL §2: rules may change)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clausette.hours.rules.controls.counting import after_cdi, study_training
from clausette.hours.rules.controls.dates import after_validity
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.params import ControlParams
from clausette.hours.rules.controls.prior import hired_too_late, not_admitted
from clausette.hours.rules.controls.siae import siae_refused
from clausette.kernel.french import format_hours

WHOLE = (
    ("E004", after_validity), ("E007", after_cdi), ("E008", study_training), ("E023", not_admitted),
    ("E024", hired_too_late), ("E026", siae_refused),
)  # fmt: skip
"""Controls of a line that speak of counting rules: all its hours are outside."""
CAP = "W105"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outside:
    """Hours outside: of a line (`line`: its key), or of an engagement beyond its cap of training (`line`: None)."""

    commitment: int
    line: int | None
    code: str
    hours: Decimal
    counted: str
    """What the rule takes: « jusqu'au 31 janvier 2026 »."""


def outside_lines(lines: Iterable[LineFacts], params: ControlParams) -> list[Outside]:
    """Return the lines that a counting rule would not take today, each once, in their order."""
    found = []
    for line in lines:
        told = ((code, control(line, params)) for code, control in WHOLE)
        first = next(((code, trouble) for code, trouble in told if trouble is not None), None)
        if first is not None:
            code, (_, counted, _) = first
            found.append(Outside(line.commitment, line.key, code, line.hours, counted))
    return found


def outside_caps(training: Mapping[int, Decimal], most: Mapping[int, Decimal]) -> list[Outside]:
    """Return what the training validated of each engagement (by number) has beyond the most it takes, in hours."""
    return [
        Outside(
            commitment, None, CAP, known - most[commitment],
            f"{format_hours(most[commitment])} de formation au plus, pour {format_hours(known)}",
        )
        for commitment, known in sorted(training.items())
        if commitment in most and known > most[commitment]
    ]  # fmt: skip


def newly_outside(before: Iterable[Outside], after: Iterable[Outside]) -> list[Outside]:
    """Return what a change of rules leaves outside: lines that were counted, and what a cap has more beyond it."""
    known = {(one.commitment, one.line): one.hours for one in before}
    return [
        one for one in after if one.hours > known.get((one.commitment, one.line), ZERO)
    ]
