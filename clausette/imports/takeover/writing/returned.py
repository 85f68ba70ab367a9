"""The sender's own lines given back with, in a last column, what is said of each."""

from collections.abc import Mapping

from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.reading import Sheet, Workbook
from clausette.imports.takeover.writing.book import Book

HEADING = "À corriger (Clausette)"
Said = Mapping[tuple[str, int], str]


def returned_workbook(
    workbook: Workbook, plans: tuple[SheetPlan, ...], said: Said, *, only_said: bool = False
) -> bytes:
    """Return the sheets taken, line by line. `said`: (sheet, line) → sentences; `only_said`: leave the good "
    "lines out."""
    book = Book()
    taken = {plan.sheet: plan for plan in plans}
    for sheet in workbook.sheets:
        plan = taken.get(sheet.name)
        if plan is None or not plan.columns:
            continue
        _sheet(book, sheet, plan, said, only_said=only_said)
    if not book.book.worksheets():
        book.sheet("Feuille 1")
    return book.close()


def _sheet(book: Book, sheet: Sheet, plan: SheetPlan, said: Said, *, only_said: bool) -> None:
    target = book.sheet(sheet.name)
    width = max(max((column.place for column in plan.columns), default=0) + 1, 1)
    headings = {column.place: column.heading for column in plan.columns}
    for column in range(width):
        target.write_string(0, column, headings.get(column, ""), book.head)
    target.write_string(0, width, HEADING, book.error)
    target.set_column(0, width - 1, 18)
    target.set_column(width, width, 80)
    target.freeze_panes(1, 0)
    at = 1
    for line in sheet.lines:
        told = said.get((sheet.name, line.number), "")
        if line.number <= plan.heading_line or (only_said and not told):
            continue
        for column in range(width):
            text = line.cell(column)
            if text:
                target.write_string(at, column, text, book.text)
        if told:
            target.write_string(at, width, told[:30_000], book.error)
        at += 1
