"""The whole workbook: faults over all the codes, near misses, calm lines, mixed; and its key."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from clausette.imports.generated import of_amounts, of_engagements, of_papers, of_persons, of_rules
from clausette.imports.generated.amounts import Limits
from clausette.imports.generated.calm import calm
from clausette.imports.generated.story import FAULTS, NEAR_MISSES, Story
from clausette.imports.generated.world import Line, World

FAMILIES = (of_engagements, of_persons, of_amounts, of_papers, of_rules)
"""The stories register themselves when they are read."""

FIRST_ROW = 2
NEAR_SHARE = Decimal("0.22")


class TooManyFaults(Exception):
    """The faults and the near misses do not hold in so few lines."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A world written down: its faults with their lines, its near misses by code."""

    world: World
    faults: Sequence[tuple[str, Sequence[Line]]]
    near_misses: Mapping[str, int]

    def key(self) -> dict[str, Any]:
        """Return what must be found: the rows of the sheet « Heures », for each fault."""
        row = {id(line): number for number, line in enumerate(self.world.lines, FIRST_ROW)}
        found = [{"code": code, "lines": sorted(row[id(line)] for line in lines)} for code, lines in self.faults]
        return {
            "on": self.world.on.isoformat(),
            "lines": len(self.world.lines),
            "faults": sorted(found, key=lambda one: (one["code"], one["lines"])),
        }


def generate(
    lines: int, faults: int, seed: int, on: date, values: Mapping[str, Decimal], publics: Sequence[str]
) -> Generated:
    """Tell as many stories as asked, the same for the same seed. Raises TooManyFaults, KeyError (a value not known)."""
    world = World(on, Limits.out_of(values), publics, Random(seed))  # noqa: S311 - made-up data, no secret
    told = [(code, story(world)) for code, story in _turns(FAULTS, faults)]
    near_misses = _near_misses(world, int(lines * NEAR_SHARE), lines)
    if len(world.lines) > lines:
        raise TooManyFaults
    while len(world.lines) < lines:
        calm(world, lines - len(world.lines))
    world.chance.shuffle(world.lines)
    return Generated(world, told, near_misses)


def _near_misses(world: World, wanted: int, most: int) -> Counter[str]:
    count: Counter[str] = Counter()
    for code, story in _turns(NEAR_MISSES, wanted):
        if count.total() >= wanted or len(world.lines) > most:
            break
        count[code] += len(story(world))
    return count


def _turns(register: Mapping[str, Sequence[Story]], count: int) -> list[tuple[str, Story]]:
    """Take the codes one after the other, and the stories of each in turn."""
    codes = sorted(register)
    turns = [(codes[number % len(codes)], number // len(codes)) for number in range(count)]
    return [(code, register[code][turn % len(register[code])]) for code, turn in turns]
