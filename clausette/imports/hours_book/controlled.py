"""The findings of the lines of a workbook, made slice by slice: those of a large and bad file never hold together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from clausette.hours.enums import Severity
from clausette.hours.rules.controls import CONTROLS, ControlParams, Finding, LineFacts, run

SLICE = 2_000
_RANK = {held.code: rank for rank, held in enumerate(CONTROLS)}
_GROUPS = tuple(held for held in CONTROLS if held.many is not None)
_ONE_BY_ONE = tuple(held for held in CONTROLS if held.many is None)
Found = list[tuple[int, list[Finding]]]


@dataclass(slots=True)
class Seen:
    """What is kept of a whole walk: how many times each code, and the places of the lines with something to correct."""

    counts: Counter[str] = field(default_factory=Counter)
    to_correct: list[int] = field(default_factory=list)


class Controlled:
    """Lines to be controlled. The controls over groups have run; the others run again at each walk.

    A line is said by its place, which is the key of its facts. `at_once`: lines of a slice.
    """

    def __init__(
        self, facts: Sequence[LineFacts], numbers: Sequence[int], params: ControlParams, *, at_once: int = SLICE
    ) -> None:
        self._facts, self._numbers, self._params, self._slice = facts, numbers, params, at_once
        self._of_groups: dict[int, list[Finding]] = defaultdict(list)
        for finding in run(facts, params, _GROUPS):
            for place in finding.keys:
                self._of_groups[place].append(finding)
        self._seen: Seen | None = None

    @property
    def seen(self) -> Seen:
        """What the whole walk saw; walks when none was finished."""
        if self._seen is None:
            for _ in self.walk():
                pass
        return self._seen or Seen()

    def walk(self) -> Iterator[Found]:
        """Yield, slice by slice in the order of the lines, number and findings of those of which something is said."""
        seen = Seen()
        for part in self._slices(range(len(self._facts))):
            for place, findings in part:
                seen.counts.update([finding.code for finding in findings])
                if any(finding.severity != Severity.INFO for finding in findings):
                    seen.to_correct.append(place)
            yield [(self._numbers[place], findings) for place, findings in part]
        self._seen = seen

    def to_correct(self) -> Iterator[tuple[int, list[Finding]]]:
        """Yield number and findings, those that only inform left out, of the lines with something to correct."""
        for part in self._slices(self.seen.to_correct):
            for place, findings in part:
                yield self._numbers[place], [one for one in findings if one.severity != Severity.INFO]

    def _slices(self, places: Collection[int]) -> Iterator[Found]:
        wanted = iter(places)
        while part := list(islice(wanted, self._slice)):
            found: dict[int, list[Finding]] = defaultdict(list)
            for finding in run([self._facts[place] for place in part], self._params, _ONE_BY_ONE):
                found[finding.keys[0]].append(finding)
            yield [(place, self._all(found.get(place), self._of_groups.get(place)))
                   for place in part if place in found or place in self._of_groups]  # fmt: skip

    def _all(self, alone: list[Finding] | None, of_groups: list[Finding] | None) -> list[Finding]:
        """The findings of a line, in the order of the registry."""
        if not alone or not of_groups:
            return alone or of_groups or []
        return sorted([*alone, *of_groups], key=lambda finding: _RANK[finding.code])
