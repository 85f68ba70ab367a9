"""A workbook of ours: texts stay texts, never formulas."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
HEIGHT = 15
"""Of one line of text, in points."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Book:
    """A workbook being written, with the styles of the house."""

    def __init__(self) -> None:
        self.data = BytesIO()
        self.book = xlsxwriter.Workbook(self.data, OPTIONS)
        self.head = self._style(bold=True, bg_color="#E3F0EF", bottom=1, text_wrap=True, valign="top")
        self.needed = self._style(bold=True, bg_color="#BFE0DC", bottom=1, text_wrap=True, valign="top")
        self.title = self._style(bold=True, font_size=15)
        self.strong = self._style(bold=True)
        self.wrap = self._style(text_wrap=True, valign="top")
        self.error = self._style(font_color="#9C0006", bg_color="#FFE5E5", text_wrap=True, valign="top")
        self.day = self._style(valign="top", num_format="dd/mm/yyyy")
        self.month = self._style(valign="top", num_format="mm/yyyy")
        self.hours = self._style(valign="top", num_format="#,##0.00")
        self.text = self._style(valign="top", num_format="@")

    def _style(self, **values: Any) -> Any:
        return self.book.add_format(values)

    def sheet(self, name: str) -> Any:
        """Add a sheet."""
        return self.book.add_worksheet(name[:31])

    def write(self, sheet: Any, line: int, column: int, value: object, *, month: bool = False) -> None:
        """Write a value in its own type."""
        if value is None or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(line, column, value, self.month if month else self.day)
        elif isinstance(value, Decimal):
            sheet.write_number(line, column, value, self.hours)
        elif isinstance(value, int):
            sheet.write_number(line, column, value)
        else:
            sheet.write_string(line, column, str(value), self.text)

    def row(self, sheet: Any, line: int, values: Sequence[object]) -> None:
        """Write a line."""
        for column, value in enumerate(values):
            self.write(sheet, line, column, value)

    def tall(self, sheet: Any, line: int, texts: Iterable[tuple[str, int]]) -> None:
        """Give a line the height of its longest wrapped text (text, width of its column): not every reader does it."""
        lines = max((-(-len(text) // width) for text, width in texts), default=1)
        if lines > 1:
            sheet.set_row(line, HEIGHT * lines)

    def close(self) -> bytes:
        """Return the bytes."""
        self.book.close()
        return self.data.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet reads as a text, when it is opened from a CSV."""
    return f"'{text}" if text.startswith(FORMULA) else text
