"""What reading a workbook gives: sheets, lines with their number, cells as texts; or a refusal."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple, overload

MOST_LINES = 60_000  # lines that are not empty, all sheets together
MOST_HOURS_LINES = 150_000  # the same in a file of hours, whose lines are shorter
MOST_SHEETS = 60
MOST_COLUMNS = 300


class Line(NamedTuple):
    """One line that is not empty: its number in the sheet (from 1) and its cells, « » for an empty one.

    Numbers are written with a dot, dates as 2026-03-03, lengths of time as 7:30.
    """

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column (from 0), « » beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines column by column, each text told once. `lines`: the number of each; `columns`: the place in `texts` of each
    cell. The first text is « »: an empty cell is 0.
    """

    texts: Sequence[str]
    lines: "array[int]"
    columns: "tuple[array[int], ...]"

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[str, ...]]:
        """The cells of these lines, as texts."""
        return zip(*(map(self.texts.__getitem__, column[start:stop]) for column in self.columns), strict=True)


def grid_from(texts: Sequence[str], lines: bytes, columns: Sequence[bytes]) -> Grid:
    """The grid of these bytes: nothing for a column that is empty. Raises ValueError when they are cut."""
    numbers = array("I", lines)
    empty = array("I", bytes(len(lines)))
    return Grid(texts, numbers, tuple(array("I", one) if one else empty for one in columns))


def grid_of(lines: Sequence[Line]) -> Grid:
    """Lines column by column; those that are so already as they are."""
    if isinstance(lines, Lines):
        return lines.grid
    texts: dict[str, int] = {"": 0}
    width = max((len(line.cells) for line in lines), default=0)
    columns = tuple(
        array("I", [texts.setdefault(line.cell(place), len(texts)) for line in lines]) for place in range(width)
    )
    return Grid(list(texts), array("I", [line.number for line in lines]), columns)


class Lines(Sequence[Line]):
    """The lines of a grid, each made when it is first asked for: a large file is read without them."""

    MADE_AT_ONCE = 256

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._made: list[Line] = []

    def __len__(self) -> int:
        return len(self.grid.lines)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            self._make(max(at.indices(len(self))[:2]))
            return tuple(self._made[at])
        self._make(range(len(self))[at] + 1)
        return self._made[at]

    def __iter__(self) -> Iterator[Line]:
        if len(self._made) == len(self):
            return iter(self._made)
        return self._iterated()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _iterated(self) -> Iterator[Line]:
        starts = range(0, len(self), self.MADE_AT_ONCE)
        return chain.from_iterable(self[start : start + self.MADE_AT_ONCE] for start in starts)

    def _make(self, stop: int) -> None:
        """Have the lines before this one."""
        start = len(self._made)
        if start < stop:
            stop = min(max(stop, start + self.MADE_AT_ONCE), len(self))
            self._made.extend(map(Line, self.grid.lines[start:stop], self.grid.rows(start, stop)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `hidden`: the author hid it. `date_1904`: serial numbers of days count from 1904."""

    name: str
    lines: Sequence[Line]
    hidden: bool = False
    date_1904: bool = False

    def below(self, number: int, most: int) -> list[Line]:
        """The first lines below a line of the sheet, so many at most."""
        return list(islice((line for line in self.lines if line.number > number), most))

    @property
    def width(self) -> int:
        """Number of columns of the widest line."""
        return len(self.grid.columns)

    @property
    def grid(self) -> Grid:
        """Its lines column by column."""
        return grid_of(self.lines)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, column by column: texts and numbers as written, dates as 2026-03-03, « » for an empty cell.

    `top`, `left`: place from 0 of the first line and of the first column that hold something.
    """

    name: str
    top: int
    left: int
    columns: tuple[list[str | float], ...]
    date_1904: bool = False

    @property
    def height(self) -> int:
        """How many lines it has from the first to the last that hold something, the headings included."""
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True, slots=True)
class RawBook:
    """The sheets read, remarks on the whole file, and `refusal`: why nothing could be read (« » when it could)."""

    sheets: tuple[RawSheet, ...] = ()
    notices: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets read, remarks on the whole file, and `refusal`: why nothing could be read (« » when it could)."""

    sheets: tuple[Sheet, ...] = ()
    notices: tuple[str, ...] = ()
    refusal: str = ""

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((one for one in self.sheets if one.name == name), None)


def sheet_name(name: str) -> str:
    """Return a name that any workbook accepts: the sheet keeps it in the copies given back."""
    clean = "".join("-" if char in "[]:*?/\\" else char for char in name).strip("'")[:31]
    return clean or "Feuille 1"
