"""Lines put together once for all the controls that look at them together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from clausette.hours.rules.controls.facts import LineFacts

ZERO = Decimal(0)
Group = tuple[Sequence[LineFacts], str, str, str]  # lines, sentence, expected, found


@dataclass(slots=True)
class Month:
    """The lines of one person, or of one work contract, in one month. Never written to once made.

    `total`: their sum. `elsewhere`: the number told by the database for lines not seen, one for the person.
    """

    month: date
    lines: Sequence[LineFacts]
    total: Decimal
    elsewhere: Decimal


_OF_PERSON, _OF_WORK_CONTRACT = attrgetter("person", "month"), attrgetter("work_contract", "month")
_UNCOUNTED, _BEFORE = attrgetter("uncounted"), attrgetter("before")


class Together:
    """All the lines of a run, and their groups: each made when the first control asks, then kept."""

    def __init__(self, lines: Sequence[LineFacts]) -> None:
        self.lines = lines

    @cached_property
    def by_person(self) -> tuple[Month, ...]:
        """Lines of a person in a month, over all work contracts."""
        return _months(self.lines, _OF_PERSON)

    @cached_property
    def counted(self) -> tuple[Month, ...]:
        """The same without the natures that count 0 (MODEL §5: internships, leave, bad weather, absences)."""
        if not any(map(_UNCOUNTED, self.lines)):
            return self.by_person
        return _months([line for line in self.lines if not line.uncounted], _OF_PERSON)

    @cached_property
    def at_work(self) -> tuple[Month, ...]:
        """The same without training before hiring either, which no day of a work contract covers."""
        return _months(self._worked, _OF_PERSON) if any(map(_BEFORE, self.lines)) else self.counted

    @cached_property
    def by_work_contract(self) -> tuple[Month, ...]:
        """Lines worked of a work contract in a month, over all engagements."""
        return _months(self._worked, _OF_WORK_CONTRACT)

    @cached_property
    def _worked(self) -> Sequence[LineFacts]:
        if any(map(_BEFORE, self.lines)) or any(map(_UNCOUNTED, self.lines)):
            return [line for line in self.lines if not (line.before or line.uncounted)]
        return self.lines


def _months(lines: Sequence[LineFacts], of: Callable[[LineFacts], tuple[int, date]]) -> tuple[Month, ...]:
    """The lines by person, or work contract, and month."""
    groups: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for key, line in zip(map(of, lines), lines, strict=True):
        groups[key].append(line)
    return tuple(
        Month(month, several, several[0].hours, several[0].hours_elsewhere)
        if len(several) == 1
        else Month(month, several, total_of(several), max([line.hours_elsewhere for line in several]))
        for (_, month), several in groups.items()
    )


def total_of(lines: Iterable[LineFacts]) -> Decimal:
    """Return the sum of the hours of these lines."""
    return sum([line.hours for line in lines], ZERO)
