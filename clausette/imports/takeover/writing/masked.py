"""The workbook as it is kept when cells had to be emptied."""

from clausette.imports.takeover.reading import Workbook
from clausette.imports.takeover.writing.book import Book


def masked_copy(workbook: Workbook) -> bytes:
    """Return a workbook with the same sheets, lines and cells, as texts."""
    book = Book()
    for number, sheet in enumerate(workbook.sheets):
        target = book.sheet(sheet.name)
        if sheet.hidden and number:
            target.hide()
        for line in sheet.lines:
            for column, text in enumerate(line.cells):
                if text:
                    target.write_string(line.number - 1, column, text, book.text)
    return book.close()
