"""The buyer's own rows given back with our columns: the answer of the test, the score, the device, the hours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.advice.queries import SortedStudy
from clausette.advice.rules import Screened
from clausette.imports.programmes.fields import BY_CODE
from clausette.imports.programmes.results import OTHER_SHEET, ProgrammeFile, ReadLine, SheetPlan
from clausette.imports.takeover.reading import Sheet
from clausette.imports.takeover.writing.book import Book
from clausette.kernel.french import format_percent

Rows = Iterable[tuple[SortedStudy, Screened]]
LONGEST = 30_000
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WIDTHS = (20, 34, 10, 22, 34)
_OTHER_WIDTH = 14
_TITLE, _OTHERS = 44, 20
_PAPER = 1040  # pixels of the width of an A4 sheet on its side, within its margins
_LETTER = 7  # pixels of a character
_SMALLEST = 50  # percent: below, a printed line is not read any more


def print_scale(buyers: int, ours: int) -> int:
    """Return the scale in percent that prints each half, so wide in characters, on the width of a page of its own."""
    return max(_SMALLEST, min(100, 100 * _PAPER // (_LETTER * max(buyers, ours, 1))))


def _width(place: int) -> int:
    """Of one of our columns, in characters."""
    return _WIDTHS[place] if place < len(_WIDTHS) else _OTHER_WIDTH


def headings_of(rows: list[tuple[SortedStudy, Screened]]) -> list[str]:
    """Our columns: the hours have one for each rate."""
    rates = [format_percent(at.rate) for at in next((one.hours for _, one in rows if one.hours), ())]
    return [
        "Clause sociale (Clausette)", "Règle", "Score sur 100", "Levier conseillé", "Pourquoi",
        *(f"Heures à {rate}" for rate in rates), "Où en est l'étude", "Motif",
    ]  # fmt: skip


def returned_workbook(read: ProgrammeFile, rows: Rows) -> bytes:
    """Return the sheets taken with our columns at their right; a line that is not studied says why."""
    book, found = Book(), list(rows)
    told = {study.row: (study, screened) for study, screened in found}
    lines, ours = {one.row: one for one in read.lines}, headings_of(found)
    for rank, plan in enumerate(read.plans):
        sheet = read.workbook.sheet(plan.sheet)
        if sheet is not None and plan.taken:
            _sheet(book, sheet, plan, rank, told, ours, lines)
    if not read.plans:
        _records(book, read.lines, told, ours)
    if not book.book.worksheets():
        book.sheet("Feuille 1")
    return book.close()


@dataclass(slots=True)
class _Page:
    """A sheet being written: the buyer's cells up to `first`, ours from there."""

    book: Book
    target: Any
    first: int
    rates: int

    def head(self, at: int, ours: list[str]) -> None:
        for place, heading in enumerate(ours):
            self.target.write_string(at, self.first + place, heading, self.book.needed)
            self.target.set_column(self.first + place, self.first + place, _width(place))
        self.target.freeze_panes(at + 1, 0)
        self.book.tall(self.target, at, [(heading, _width(place)) for place, heading in enumerate(ours)])
        self.target.repeat_rows(at)

    def printed(self, ours: list[str], titles: int | None) -> None:
        """The buyer's columns on a page, ours on the next one, where the object of the purchase comes again."""
        named = 0 if titles is None else _TITLE
        theirs = (self.first - (titles is not None)) * _OTHERS + named
        self.target.set_landscape()
        self.target.set_paper(9)
        self.target.set_margins(left=0.4, right=0.4)
        self.target.set_print_scale(print_scale(theirs, named + sum(_width(place) for place in range(len(ours)))))
        self.target.set_v_pagebreaks([self.first])
        if titles is not None:
            self.target.repeat_columns(titles, titles)

    def own(self, at: int, column: int, text: str, value: object) -> None:
        """A cell of the buyer, as he wrote it: a number or a day of his stays one, everything else stays a text."""
        if isinstance(value, Decimal | date) and _PLAIN.fullmatch(text):
            self.book.write(self.target, at, column, value)
        elif text:
            self.target.write_string(at, column, text[:LONGEST], self.book.text)

    def answer(self, at: int, study: SortedStudy, found: Screened) -> None:
        verdict = str(found.test.verdict.label) if found.test else "À vérifier"
        texts = {
            0: verdict, 1: found.test_told, 3: str(found.device.label), 4: found.device_told,
            len(_WIDTHS) + self.rates: str(study.state.label), len(_WIDTHS) + self.rates + 1: study.reason,
        }  # fmt: skip
        for place, text in texts.items():
            if text:
                self.target.write_string(at, self.first + place, text[:LONGEST], self.book.wrap)
        self.book.tall(self.target, at, [(text, _width(place)) for place, text in texts.items()])
        self.book.write(self.target, at, self.first + 2, found.score)
        for place, one in enumerate(found.hours):
            self.book.write(self.target, at, self.first + len(_WIDTHS) + place, one.hours)

    def fault(self, at: int, line: ReadLine) -> None:
        told = " ".join(one.text for one in line.remarks)
        told = f"Ligne non étudiée. {told}"[:LONGEST]
        self.target.write_string(at, self.first + 1, told, self.book.error)
        self.book.tall(self.target, at, [(told, _width(1))])


def _sheet(
    book: Book, sheet: Sheet, plan: SheetPlan, rank: int, told: Mapping[int, tuple[SortedStudy, Screened]],
    ours: list[str], lines: Mapping[int, ReadLine],
) -> None:  # fmt: skip
    page = _Page(book, book.sheet(sheet.name), sheet.width, len(ours) - len(_WIDTHS) - 2)
    page.target.set_column(0, max(sheet.width - 1, 0), _OTHERS)
    if (titles := plan.places().get("title")) is not None:
        page.target.set_column(titles, titles, _TITLE)
    page.printed(ours, titles)
    kinds = {place: code for code, place in plan.places().items() if code in ("amount", "engaged_on")}
    for line in sheet.lines:
        at, row = line.number - 1, rank * OTHER_SHEET + line.number
        read = lines.get(row)
        for column, text in enumerate(line.cells):
            if line.number == plan.heading_line and text:
                page.target.write_string(at, column, text[:LONGEST], book.head)
            else:
                page.own(at, column, text, read.values.get(kinds.get(column, "")) if read else None)
        if line.number == plan.heading_line:
            page.head(at, ours)
        elif row in told:
            page.answer(at, *told[row])
        elif read and read.remarks:
            page.fault(at, read)


_RECORD = ("title", "reference", "nature", "amount", "cpv", "engaged_on", "duration", "place", "said_social")


def _records(
    book: Book, lines: Iterable[ReadLine], told: Mapping[int, tuple[SortedStudy, Screened]], ours: list[str]
) -> None:
    """Notices and official records have no rows of their own: the fields read take their place."""
    page = _Page(book, book.sheet("Achats"), len(_RECORD), len(ours) - len(_WIDTHS) - 2)
    page.target.set_column(0, len(_RECORD) - 1, _OTHERS)
    page.target.set_column(0, 0, _TITLE)
    page.printed(ours, 0)
    for column, code in enumerate(_RECORD):
        page.target.write_string(0, column, BY_CODE[code].label, book.head)
    page.head(0, ours)
    for at, line in enumerate(lines, 1):
        for column, code in enumerate(_RECORD):
            value = line.title if code == "title" else line.values.get(code)
            page.own(at, column, "" if value is None else str(value), value)
        if line.row in told:
            page.answer(at, *told[line.row])
        elif line.remarks:
            page.fault(at, line)
