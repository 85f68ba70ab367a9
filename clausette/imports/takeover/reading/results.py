"""What reading a workbook gives: sheets, lines with their number, cells as texts; or a refusal."""

from dataclasses import dataclass
from itertools import islice

MOST_LINES = 60_000  # lines that are not empty, all sheets together
MOST_HOURS_LINES = 150_000  # the same in a file of hours, whose lines are shorter
MOST_SHEETS = 60
MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty: its number in the sheet (from 1) and its cells, « » for an empty one.

    Numbers are written with a dot, dates as 2026-03-03, lengths of time as 7:30.
    """

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column (from 0), « » beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `hidden`: the author hid it. `date_1904`: serial numbers of days count from 1904."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False
    date_1904: bool = False

    def below(self, number: int, most: int) -> list[Line]:
        """The first lines below a line of the sheet, so many at most."""
        return list(islice((line for line in self.lines if line.number > number), most))

    @property
    def width(self) -> int:
        """Number of columns of the widest line."""
        return max((len(line.cells) for line in self.lines), default=0)


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
