"""What is seen, as a file: CSV and workbook from the same columns as the screen."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from textwrap import wrap
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from clausette.kernel.columns import Column, Kind
from clausette.kernel.french import format_month

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS: dict[Kind, str] = {
    "hours": "#,##0.00",
    "euros": "#,##0.00",
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
    "month": "mmmm yyyy",
    "int": "#,##0",
}
_PRINTED = 12
"""Up to so many columns, a sheet is printed on the width of one page and stays legible."""
_ARROW, _HEIGHT = 4, 15
"""Characters that the arrow of a filter takes; points of a line of text."""
_WIDTHS: dict[Kind, int] = {"text": 28, "date": 12, "month": 16}


def harmless(text: str) -> str:
    """Return a typed text that a spreadsheet reads as text: never as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: object, kind: Kind) -> str:
    """The raw value for a CSV file read in France: decimal comma, dates as JJ/MM/AAAA."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return format_month(value) if kind == "month" else f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        shown = value * 100 if kind == "percent" else value
        return f"{shown.normalize():f}".replace(".", ",")
    return harmless(str(value)) if isinstance(value, str) else str(value)


def _heading(column: Column[Any]) -> str:
    return f"{column.label} (%)" if column.kind == "percent" else column.label


def _answer(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_csv(name: str, columns: Sequence[Column[Any]], rows: Sequence[Any]) -> HttpResponse:
    """Return a CSV file: semicolons, decimal commas, UTF-8 with its mark, so that a double click opens it right."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_heading(column) for column in columns])
    for row in rows:
        writer.writerow([_plain(column.value(row), column.kind) for column in columns])
    return _answer(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: typed cells under their headings, a total line, a note below. `wrap`: long texts."""

    title: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Any]
    totals: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    wrap: bool = False


def as_xlsx(
    name: str,
    title: str,
    columns: Sequence[Column[Any]],
    rows: Sequence[Any],
    *,
    totals: Mapping[str, object],
    note: str = "",
) -> HttpResponse:
    """Return a workbook of one sheet: typed cells (numbers, dates), frozen headings, filters, a total line."""
    return as_book(name, [Sheet(title, columns, rows, totals, note)])


def as_book(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Return a workbook of several sheets, each printed on the width of a page."""
    data = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(data, options)
    for one in sheets:
        _fill(book, one)
    book.close()
    return _answer(data.getvalue(), _XLSX, name)


def _width(column: Column[Any]) -> int:
    """Wide enough for the longest word of the heading and the arrow of its filter, in characters."""
    return max(_WIDTHS.get(column.kind, 13), max(len(word) for word in column.label.split()) + _ARROW)


def _lines(label: str, width: int) -> int:
    """Lines of a heading in bold, folded between its words beside the arrow of the filter."""
    return len(wrap(label, width - _ARROW))


def _fill(book: Any, one: Sheet) -> None:
    sheet = book.add_worksheet(one.title[:31])
    head = book.add_format(
        {"bold": True, "bg_color": "#E3F0EF", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    folded = {"text_wrap": True, "valign": "top"} if one.wrap else {}
    plain = {
        column.kind: book.add_format({"num_format": _NUMBERS.get(column.kind, "@"), **folded})
        for column in one.columns
    }
    bold = {
        kind: book.add_format({"num_format": _NUMBERS.get(kind, "@"), "bold": True, "top": 1})
        for kind in plain
    }
    widths = [_width(column) for column in one.columns]
    lines = max(_lines(column.label, width) for column, width in zip(one.columns, widths, strict=True))
    sheet.set_row(0, _HEIGHT * lines)
    for place, column in enumerate(one.columns):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, column.label, head)
        for line, row in enumerate(one.rows, start=1):
            _write(sheet, line, place, column.value(row), plain[column.kind])
        if one.rows and one.totals:
            _write(sheet, len(one.rows) + 1, place, one.totals.get(column.label), bold[column.kind])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(one.rows), 1), len(one.columns) - 1)
    sheet.set_landscape()
    if len(one.columns) <= _PRINTED:
        sheet.fit_to_pages(1, 0)
    if one.note:
        sheet.write_string(len(one.rows) + 3, 0, one.note)


def _write(sheet: Any, line: int, place: int, value: object, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, style)
    elif isinstance(value, Decimal | int):
        sheet.write_number(line, place, value, style)
    else:
        sheet.write_string(line, place, str(value), style)  # a string cell is never read as a formula
