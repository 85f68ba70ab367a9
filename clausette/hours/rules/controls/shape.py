"""What a control is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from clausette.hours.enums import ControlFamily, ControlScope, Severity
from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.groups import Group, Together
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.months import last_day
from clausette.reference.enums import Reliability

OneLine = Callable[[LineFacts, ControlParams], Trouble | None]
Spares = Callable[[LineFacts, date, date, ControlParams], bool]
ManyLines = Callable[[Together, ControlParams], Iterator[Group]]
_ORIGIN = date(2012, 1, 1)


@dataclass(frozen=True, slots=True)
class Control:
    """One control. Its code never changes of meaning; the first letter is its weight.

    `title`: what is seen. `rule`: the exact rule, in French. `fix`: what to do. Exactly one of `one` (looks at each
    line with hours) and `many` (looks at the whole set) is given. `parameters`: codes of the dated values it compares
    with. `since`, `until`: months it bears on. `may_be_off`: a structure or an engagement may switch it off.
    `any_hours`: also looks at lines without hours.

    What follows never changes what is found, only how many lines are asked one by one (see `hearing`). `about`: the
    fact of a line (« owed.parts ») without which `one` has nothing to say. `reads`: the only facts that `one` reads:
    lines that have the same are answered once. `spares`: says of lines of one work contract on one engagement, by the
    facts that they share (`SHARED`), their first month and their last, that `one` has nothing to say of any of them.
    """

    code: str
    title: str
    rule: str
    fix: str
    family: ControlFamily
    source: str
    one: OneLine | None = None
    many: ManyLines | None = None
    scope: ControlScope = ControlScope.LINE
    parameters: tuple[str, ...] = ()
    reliability: Reliability = Reliability.MEDIUM
    since: date = _ORIGIN
    until: date | None = None
    may_be_off: bool = True
    any_hours: bool = False
    about: str = ""
    reads: tuple[str, ...] = ()
    spares: Spares | None = None

    @property
    def severity(self) -> Severity:
        """Error, warning, information."""
        return Severity(self.code[0])

    def bears_on(self, line: LineFacts) -> bool:
        """Say whether it may speak of this line: asked for, with hours, in force that month, not switched off."""
        return (
            line.subject
            and (line.hours > 0 or self.any_hours)
            and not (self.may_be_off and self.code in line.off)
            and self.since <= last_day(line.month)
            and (self.until is None or line.month <= self.until)
        )
