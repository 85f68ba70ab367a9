"""The sender's own file with, at the right of its rows, what is to be corrected."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clausette.imports.hours_files.plans import HoursPlan
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
    target, grid = book.sheet(sheet.name), sheet.grid
    if hidden:
        target.hide()
    width, heading = sheet.width, plan.heading_line if plan is not None else 0
    for column, broad in enumerate(_widths(grid)):
        target.set_column(column, column, broad)
    if plan is not None:
        target.write_string(max(heading - 1, 0), width, HEADING, book.error)
        target.set_column(width, width, WIDTH)
        target.freeze_panes(heading, 0)
    values = [_value(text) for text in grid.texts]  # a file says the same texts thousands of times
    for line, cells in zip(grid.lines, zip(*grid.columns, strict=True), strict=False):
        for column, text in enumerate(cells):
            if text and line == heading:
                target.write_string(line - 1, column, grid.texts[text], book.head)
            elif text:
                book.write(target, line - 1, column, values[text])
        told = said.get((sheet.name, line), "")[:LONGEST] if plan is not None else ""
        if told:
            target.write_string(line - 1, width, told, book.error)
            book.tall(target, line - 1, [(told, WIDTH)])


def _widths(grid: Grid) -> list[int]:
    lengths = [min(len(text) + 2, BROAD) for text in grid.texts]
    return [max(NARROW, *map(lengths.__getitem__, {0, *column})) for column in grid.columns]


def _value(text: str) -> object:
    """A cell in its own type: a number or a day stays one, « 00123 » and a SIRET stay texts."""
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else Decimal(text)
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
