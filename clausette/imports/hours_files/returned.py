"""The sender's own file with, at the right of its rows, what is to be corrected."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clausette.imports.hours_files.plans import HoursPlan
from clausette.imports.takeover.reading import Sheet, Workbook
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
    target = book.sheet(sheet.name)
    if hidden:
        target.hide()
    width, cells = sheet.width, _Cells(book)
    for column, broad in enumerate(_widths(sheet)):
        target.set_column(column, column, broad)
    if plan is not None:
        target.write_string(max(plan.heading_line - 1, 0), width, HEADING, book.error)
        target.set_column(width, width, WIDTH)
        target.freeze_panes(plan.heading_line, 0)
    for line in sheet.lines:
        at = line.number - 1
        heads = plan is not None and line.number == plan.heading_line
        for column, text in enumerate(line.cells):
            if heads and text:
                target.write_string(at, column, text, book.head)
            else:
                cells.write(target, at, column, text)
        told = said.get((sheet.name, line.number), "")[:LONGEST] if plan is not None else ""
        if told:
            target.write_string(at, width, told, book.error)
            book.tall(target, at, [(told, WIDTH)])


def _widths(sheet: Sheet) -> list[int]:
    broad = [NARROW] * sheet.width
    for line in sheet.lines:
        for column, text in enumerate(line.cells):
            broad[column] = max(broad[column], min(len(text) + 2, BROAD))
    return broad


class _Cells:
    """Cells as they wrote them: a number or a day stays one, « 00123 » and a SIRET stay texts."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.known: dict[str, object] = {}
        """What each text is: a file says the same ones thousands of times."""

    def write(self, target: object, at: int, column: int, text: str) -> None:
        """Write a cell in its own type."""
        if text:
            value = self.known.get(text)
            if value is None:
                value = self.known[text] = _value(text)
            self.book.write(target, at, column, value)


def _value(text: str) -> object:
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else Decimal(text)
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
