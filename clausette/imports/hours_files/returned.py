"""The sender's own file with, at the right of its rows, what is to be corrected."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from xlsxwriter.worksheet import Worksheet

from clausette.imports.hours_files.plans import HoursPlan
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.reading import Grid, Sheet, Workbook
from clausette.imports.takeover.writing.book import Book

HEADING = "À corriger"
LONGEST = 30_000
WIDTH = 80
NARROW, BROAD = 6, 40
"""Of a column of theirs, in characters: as wide as its longest word, within these."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,10})(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Said = Mapping[tuple[str, int], str]


def returned_workbook(workbook: Workbook, plans: tuple[HoursPlan, ...], said: Said) -> bytes:
    """Return the sheets, lines and values of a file in their order. `said`: (sheet, line) → sentences."""
    book = Book()
    taken = {plan.sheet: plan for plan in plans if plan.taken}
    for number, sheet in enumerate(workbook.sheets):
        _sheet(book, sheet, taken.get(sheet.name), said, hidden=sheet.hidden and number > 0)
    if not book.book.worksheets():
        book.sheet("Feuille 1")
    return book.close()


def _sheet(book: Book, sheet: Sheet, plan: HoursPlan | None, said: Said, *, hidden: bool) -> None:
    target, grid = book.sheet(sheet.name, _Lines), sheet.grid
    if hidden:
        target.hide()
    width, heading = sheet.width, plan.heading_line if plan is not None else 0
    for column, broad in enumerate(_widths(grid)):
        target.set_column(column, column, broad)
    target.fill(book, grid, heading)
    if plan is None:
        return
    target.write_string(max(heading - 1, 0), width, HEADING, book.error)
    target.set_column(width, width, WIDTH)
    target.freeze_panes(heading, 0)
    for line in grid.lines:
        told = said.get((sheet.name, line), "")[:LONGEST]
        if told:
            target.write_string(line - 1, width, told, book.error)
            book.tall(target, line - 1, [(told, WIDTH)])


def _widths(grid: Grid) -> list[int]:
    lengths = [min(len(text) + 2, BROAD) for text in grid.texts]
    return [max(NARROW, *map(lengths.__getitem__, {0, *column})) for column in grid.columns]


class _Lines(Worksheet):
    """A sheet whose lines are those of a grid: each text becomes a cell once, in its own type (« 00123 » and a SIRET
    stay texts), and is written wherever it stands. What is written by the usual verbs stands at their right.
    """

    fh: Any
    """What the library writes to."""
    grid: Grid | None = None

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[object] = []

    def fill(self, book: Book, grid: Grid, heading: int) -> None:
        """Take the lines; the one numbered `heading` holds the headings."""
        filled = [place for place, column in enumerate(grid.columns) if any(column)]
        if not filled:
            return
        self.grid, self.apart, first = grid, heading, grid.lines[0] - 1
        said = set[int]().union(*grid.columns)
        for number, text in enumerate(grid.texts):
            if text and number in said:
                book.write(self, first, filled[0], _value(text))
            self.cells.append(self.table[first].pop(filled[0], None))
        if heading in grid.lines:
            at = grid.lines.index(heading)
            for column, text in enumerate(next(grid.rows(at, at + 1))):
                if text:
                    self.write_string(heading - 1, column, text, book.head)
        self._check_dimensions(grid.lines[-1] - 1, filled[-1])  # which notes how far the sheet goes

    def _write_rows(self) -> None:
        """Write the lines of the grid, each with what was written beside; called by the library when it saves."""
        if self.grid is None:
            super()._write_rows()
            return
        texts = [self._written(cell) for cell in self.cells]
        letters = [f'<c r="{letter(place)}' for place in range(len(self.grid.columns))]
        rows = dict(zip(self.grid.lines, zip(*self.grid.columns, strict=True), strict=True))
        for line in sorted({*rows, *(at + 1 for at, cells in self.table.items() if cells)}):
            told: list[str] = []
            if line != self.apart:
                row = zip(letters, rows.get(line, ()), strict=False)
                told = [f"{head}{line}{text}" for head, one in row if (text := texts[one])]
            beside = self.table.get(line - 1)
            if told or beside:
                self._write_row(line - 1, None, self.row_info.get(line - 1))
                self.fh.write("".join(told))
                for column, cell in sorted((beside or {}).items()):
                    self._write_cell(line - 1, column, cell)
                self._xml_end_tag("row")

    def _written(self, cell: object) -> str:
        """What is written of a cell after its place."""
        if cell is None:
            return ""
        file, self.fh = self.fh, StringIO()
        self._write_cell(0, 0, cell)
        written, self.fh = self.fh.getvalue(), file
        return str(written).removeprefix('<c r="A1')


def _value(text: str) -> object:
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else Decimal(text)
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
