"""What the dated rules of an engagement say of lines: training before hiring, sub-contracting to a SIAE."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Valued, in_force
from clausette.hours.enums import HoursKind
from clausette.hours.rules.controls.facts import PriorFacts, SiaeFacts
from clausette.hours.rules.controls.prior import said as prior_said
from clausette.hours.rules.controls.siae import SUBCONTRACTED
from clausette.hours.rules.controls.siae import said as siae_said
from clausette.imports.hours_book.around import Commitment
from clausette.imports.hours_book.lines import Line

ZERO = Decimal(0)


class Valuing:
    """The hours of all the lines that a ceiling looks at, and what is said of each line."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._of_person: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
        self._before: dict[int, Decimal] = defaultdict(lambda: ZERO)
        self._siae: dict[int, Decimal] = defaultdict(lambda: ZERO)
        self._said: dict[tuple[int, ValuedMatter, date], Valued | None] = {}
        for line in lines:
            owed = line.commitment
            if line.kind is HoursKind.BEFORE:
                self._of_person[owed.number, line.work.person] += line.hours
                self._before[owed.number] += line.hours
            if owed.rules and not line.uncounted and line.work.work.modality in SUBCONTRACTED:
                self._siae[owed.number] += line.hours

    def prior(self, line: Line) -> PriorFacts | None:
        """Return what is said of the training before hiring of a line; None where it is none."""
        if line.training is None:
            return None
        owed = line.commitment
        rule = self._rule(owed, ValuedMatter.BEFORE_HIRING, line.month)
        known = self._of_person[owed.number, line.work.person], self._before[owed.number]
        return prior_said(line.training, rule, owed.row["due"], *known)

    def siae(self, line: Line) -> SiaeFacts | None:
        """Return what is said of the sub-contracting of a line; None where it is none, or where nothing is said."""
        owed = line.commitment
        if line.work.work.modality not in SUBCONTRACTED:
            return None
        rule = self._rule(owed, ValuedMatter.SIAE, line.month)
        return siae_said(rule, owed.row["due"], self._siae[owed.number]) if rule else None

    def _rule(self, owed: Commitment, matter: ValuedMatter, month: date) -> Valued | None:
        key = owed.number, matter, month
        if key not in self._said:
            self._said[key] = in_force(owed.rules, matter, month)
        return self._said[key]
