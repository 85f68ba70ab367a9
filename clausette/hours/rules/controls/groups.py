"""Lines put together once for all the controls that look at them together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from clausette.hours.rules.controls.facts import LineFacts

Group = tuple[Sequence[LineFacts], str, str, str]  # lines, sentence, expected, found


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of one person, or of one work contract, in one month.

    `total`: their sum. `elsewhere`: the number told by the database for lines not seen, one for the person.
    """

    month: date
    lines: Sequence[LineFacts]
    total: Decimal
    elsewhere: Decimal


class Together:
    """All the lines of a run, and their groups: each made when the first control asks, then kept."""

    def __init__(self, lines: Sequence[LineFacts]) -> None:
        self.lines = lines

    @cached_property
    def by_person(self) -> tuple[Month, ...]:
        """Lines of a person in a month, over all work contracts."""
        return tuple(_months((line.person, line) for line in self.lines))

    @cached_property
    def counted(self) -> tuple[Month, ...]:
        """The same without the natures that count 0 (MODEL §5: internships, leave, bad weather, absences)."""
        if not any(line.uncounted for line in self.lines):
            return self.by_person
        return tuple(_months((line.person, line) for line in self.lines if not line.uncounted))

    @cached_property
    def at_work(self) -> tuple[Month, ...]:
        """The same without training before hiring either, which no day of a work contract covers."""
        if not any(line.before for line in self.lines):
            return self.counted
        return tuple(_months((line.person, line) for line in self.lines if not (line.before or line.uncounted)))

    @cached_property
    def by_work_contract(self) -> tuple[tuple[int, Month], ...]:
        """Lines worked of a work contract in a month, over all engagements; with the work contract."""
        worked = (line for line in self.lines if not (line.before or line.uncounted))
        found = _months((line.work_contract, line) for line in worked)
        return tuple((month.lines[0].work_contract, month) for month in found)


def _months(keyed: Iterable[tuple[Hashable, LineFacts]]) -> Iterator[Month]:
    groups: dict[tuple[Hashable, date], list[LineFacts]] = defaultdict(list)
    for key, line in keyed:
        groups[key, line.month].append(line)
    for (_, month), lines in groups.items():
        first = lines[0]
        if len(lines) == 1:
            yield Month(month, lines, first.hours, first.hours_elsewhere)
        else:
            yield Month(month, lines, total_of(lines), max(line.hours_elsewhere for line in lines))


def total_of(lines: Iterable[LineFacts]) -> Decimal:
    """Return the sum of the hours of these lines."""
    return sum((line.hours for line in lines), Decimal(0))
