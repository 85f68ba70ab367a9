"""Lines that controls look at one by one: few are asked, for most are answered with others like them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts, PostFacts
from clausette.hours.rules.controls.params import ControlParams
from clausette.hours.rules.controls.shape import Control, OneLine
from clausette.kernel.months import last_day

SHARED = frozenset(PostFacts._fields)
"""Facts that the lines of one work contract on one engagement share."""


@dataclass(slots=True)
class _Alike:
    """Lines made of the same PostFacts: one of them, their first and last months, their places."""

    one: LineFacts
    first: date
    last: date
    places: list[int]


class Hearing:
    """Lines to be heard, in their order; a line is said by its place. What is worked out once is kept."""

    def __init__(self, lines: Sequence[LineFacts]) -> None:
        self.lines = lines
        self._read: dict[tuple[str, ...], tuple[list[Hashable], dict[Hashable, LineFacts]]] = {}
        self._having: dict[str, list[int]] = {}

    def hear(self, held: Control, params: ControlParams) -> Iterator[tuple[Sequence[int], Trouble]]:
        """Yield what a control of one line finds: words, and the lines of which they are said.

        A line is in one answer at most. Those of which the control does not bear are left out.
        """
        if not self.lines or held.one is None:
            return
        everywhere = self._bears_everywhere(held)
        for places, trouble in self._asked(held, held.one, params):
            kept = places if everywhere else [place for place in places if held.bears_on(self.lines[place])]
            if kept:
                yield kept, trouble

    def _asked(
        self, held: Control, look: OneLine, params: ControlParams
    ) -> Iterator[tuple[Sequence[int], Trouble]]:
        lines = self.lines
        if SHARED.issuperset(held.reads) and held.reads:
            for alike in self._alike:
                if (trouble := look(alike.one, params)) is not None:
                    yield alike.places, trouble
        elif held.reads:
            yield from self._answered_once(held.reads, look, params)
        else:
            for place in self._sought(held, params):
                if (trouble := look(lines[place], params)) is not None:
                    yield (place,), trouble

    def _bears_everywhere(self, held: Control) -> bool:
        """Say whether it bears on all the lines, by what is known of them together: a quicker `bears_on`."""
        first, last = self._months
        return (
            not (held.may_be_off and held.code in self._off)
            and held.since <= last_day(first)
            and (held.until is None or last <= held.until)
        )

    def _sought(self, held: Control, params: ControlParams) -> Iterable[int]:
        """The lines that must be asked."""
        if held.about and held.about.partition(".")[0] not in SHARED:
            return self._with(held.about)
        if not held.about and held.spares is None:
            return range(len(self.lines))
        told, spares = attrgetter(held.about) if held.about else None, held.spares
        found = [
            alike.places for alike in self._alike
            if (told is None or told(alike.one))
            and (spares is None or not spares(alike.one, alike.first, alike.last, params))
        ]  # fmt: skip
        return sorted(place for places in found for place in places)

    def _answered_once(
        self, reads: tuple[str, ...], look: OneLine, params: ControlParams
    ) -> Iterator[tuple[Sequence[int], Trouble]]:
        """Ask one line for all those that have the same facts; their places are sought when it has something to say."""
        if reads not in self._read:
            values: list[Hashable] = list(map(attrgetter(*reads), self.lines))
            self._read[reads] = values, dict(zip(values, self.lines, strict=True))
        values, ones = self._read[reads]
        troubles = {value: trouble for value, one in ones.items() if (trouble := look(one, params)) is not None}
        if troubles:
            places: dict[Hashable, list[int]] = defaultdict(list)
            for place, value in enumerate(values):
                if value in troubles:
                    places[value].append(place)
            yield from ((several, troubles[value]) for value, several in places.items())

    def _with(self, fact: str) -> list[int]:
        known = self._having.get(fact)
        if known is None:
            known = self._having[fact] = [
                place for place, value in enumerate(map(attrgetter(fact), self.lines)) if value
            ]
        return known

    @cached_property
    def _alike(self) -> Sequence[_Alike]:
        groups: dict[int, _Alike] = {}
        for place, line in enumerate(self.lines):
            key = id(line if line.post is None else line.post)
            known, month = groups.get(key), line.month
            if known is None:
                groups[key] = _Alike(line, month, month, [place])
                continue
            known.places.append(place)
            if month > known.last:
                known.last = month
            elif month < known.first:
                known.first = month
        return tuple(groups.values())

    @cached_property
    def _months(self) -> tuple[date, date]:
        months = {line.month for line in self.lines}
        return min(months), max(months)

    @cached_property
    def _off(self) -> frozenset[str]:
        return frozenset().union(*{line.off for line in self.lines})
