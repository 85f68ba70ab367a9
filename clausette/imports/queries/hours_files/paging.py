"""Lines of a file in its order, one page at a time: those kept by themselves among those of the blocks.

Only the blocks that a page shows are unpacked: what each holds by fate says how many of its lines a list has.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, IntegerField, QuerySet, Value

from clausette.imports.enums_hours import HoursFate
from clausette.imports.hours_files.blocks import QuietLine, fates_of, unpack
from clausette.imports.models import HoursFileBlock, HoursFileLine

Shown = HoursFileLine | QuietLine
CELLS = ("months", "people", "places", "findings", "cells")


@dataclass(frozen=True, slots=True)
class Listed:
    """Which lines a list shows: of some fates (none: all), those that say something, those that say one code."""

    fates: Collection[HoursFate] = ()
    told: bool = False
    only: str = ""

    def rows(self, rows: QuerySet[HoursFileLine]) -> QuerySet[HoursFileLine]:
        """Of the lines kept by themselves."""
        if self.fates:
            rows = rows.filter(fate__in=list(self.fates))
        if self.told:
            rows = rows.filter(told=True)
        return rows.filter(findings__contains=[{"code": self.only}]) if self.only else rows

    def count(self, fates: dict[str, object]) -> int:
        """How many of a block, by what it holds of each fate."""
        return sum(
            one.of(told=self.told, only=self.only)
            for fate, one in fates_of(fates).items() if not self.fates or fate in self.fates
        )  # fmt: skip

    def shows(self, line: QuietLine) -> bool:
        """Whether it shows a line of a block."""
        return (
            (not self.fates or line.fate in self.fates) and (not self.told or bool(line.says))
            and (not self.only or any(one.code == self.only for one in line.says))
        )  # fmt: skip


def lines_of(blocks: QuerySet[HoursFileBlock]) -> Iterator[QuietLine]:
    """Unpack blocks, each when its lines are asked for."""
    for block in blocks.order_by("first").values_list(*CELLS):
        yield from unpack(*block)


def page_of(
    rows: QuerySet[HoursFileLine], blocks: QuerySet[HoursFileBlock], listed: Listed, *, offset: int, size: int
) -> tuple[list[Shown], int]:
    """Return the lines of a list from a place in it, in the order of the file, and how many there are in all.

    Two queries, and three for each block that the page shows.
    """
    rows = listed.rows(rows)
    known = blocks.order_by("first").values_list("pk", "last", "fates")
    heads = [(pk, last, count) for pk, last, fates in known if (count := listed.count(fates))]
    lasts = [last for _, last, _ in heads]
    between = _between(rows, lasts)
    found: list[Shown] = []
    total = 0
    for number, by_itself in enumerate(between):
        block, count = (heads[number][0], heads[number][2]) if number < len(heads) else (None, 0)
        start, end = max(offset - total, 0), min(offset + size - total, by_itself + count)
        total += by_itself + count
        if start >= end:
            continue
        inside = rows.filter(position__gt=lasts[number - 1]) if number else rows
        if block is None:
            found += inside.order_by("position")[start:end]
            continue
        quiet = [line for line in lines_of(blocks.filter(pk=block)) if listed.shows(line)]
        if by_itself:
            found += _merged(inside.filter(position__lt=lasts[number]), quiet, start, end)
        else:
            found += quiet[start:end]
    return found, total


def _between(rows: QuerySet[HoursFileLine], lasts: list[int]) -> list[int]:
    """How many lines kept by themselves stand before the end of each block, after the one before; then after all."""
    if not lasts:
        return [rows.count()]
    ends = Value(lasts, ArrayField(IntegerField()))
    ended = Func(F("position"), ends, function="width_bucket", output_field=IntegerField())
    counted = rows.order_by().annotate(ended=ended).values("ended").annotate(n=Count("id")).values_list("ended", "n")
    found = dict(counted)
    return [found.get(number, 0) for number in range(len(lasts) + 1)]


def _merged(rows: QuerySet[HoursFileLine], quiet: list[QuietLine], start: int, end: int) -> list[Shown]:
    """The lines from `start` to `end` of those of a block and of those kept by themselves around them."""
    passed = max(start - len(quiet), 0)  # so many of these stand before the page, wherever those of the block are
    positions = list(rows.order_by("position").values_list("position", flat=True)[passed:end])
    by_position: dict[int, Shown] = {line.position: line for line in quiet}
    page = sorted([*positions, *by_position])[start - passed : end - passed]
    by_position |= {row.position: row for row in rows.filter(position__in=page)}
    return [by_position[position] for position in page]
