"""Run alone, by path: take a workbook on the standard input, give its texts or a copy with some cells hidden.

The copy is a new workbook: the values of the sheets that are seen, and nothing else. It imports nothing of the house;
its memory and time are bounded before the first byte is read.
"""

import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
MOST_CELLS = 400_000
LEAST_DIGITS = 8  # no number of a person has fewer
WIDEST = 60  # characters of a column
HIDDEN = "[masqué]"
EPOCH = (1980, 1, 1, 0, 0, 0)  # of each part: the same piece gives the same bytes
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}  # fmt: skip
_NOTED = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_DIGIT = re.compile(r"\d")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what no XML may hold


class Refused(Exception):
    """The workbook is refused; the argument is a code that the parent turns into a sentence."""


def bound() -> None:
    """Bound memory and time of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sheets_of(data: bytes) -> tuple[list[tuple[str, list[list[Any]]]], int]:
    """The sheets that are seen, each with its rows of values (formulas are their value), and how many are not seen."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    seen = [one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible]
    found, room = [], MOST_CELLS
    for name in seen:
        rows = [[_plain(one) for one in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        room -= sum(len(row) for row in rows)
        if room < 0:
            raise Refused("long")
        found.append((name, rows))
    return found, len(book.sheet_names) - len(seen)


def _plain(value: object) -> object:
    """A length of time that LibreOffice noted is given as its text: « PT35H30M00S »."""
    noted = _NOTED.fullmatch(value) if isinstance(value, str) else None
    return timedelta(hours=int(noted[1]), minutes=int(noted[2]), seconds=int(noted[3])) if noted else value


def text(value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read(data: bytes) -> dict[str, Any]:
    """The texts that may hold a number of a person, each with its place: sheet, row, column (-1, -1: its name)."""
    sheets, unseen = sheets_of(data)
    long = [
        (*place, told)
        for number, (name, rows) in enumerate(sheets)
        for place, value in [((number, -1, -1), name), *_cells(number, rows)]
        if len(_DIGIT.findall(told := text(value))) >= LEAST_DIGITS
    ]
    return {"texts": long, "sheets": len(sheets), "unseen": unseen}


def _cells(number: int, rows: list[list[Any]]) -> Iterator[tuple[tuple[int, int, int], Any]]:
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in ("", None):
                yield (number, line, column), value


def copy(data: bytes, kind: str, places: list[tuple[int, int, int]]) -> dict[str, Any]:
    """A new workbook of the same type with the values alone, those of these places hidden."""
    sheets, _ = sheets_of(data)
    if not sheets:
        raise Refused("broken")
    hide = {tuple(place) for place in places}
    names = [f"Feuille {n + 1}" if (n, -1, -1) in hide else name for n, (name, _) in enumerate(sheets)]
    shown = [
        (names[n], [
            [HIDDEN if (n, line, column) in hide else value for column, value in enumerate(row)]
            for line, row in enumerate(rows)
        ])
        for n, (_, rows) in enumerate(sheets)
    ]  # fmt: skip
    return {"data": as_ods(shown) if kind == "ODS" else as_xlsx(shown)}


def as_xlsx(sheets: list[tuple[str, list[list[Any]]]]) -> bytes:
    """Excel. A text is written as a text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"created": datetime.fromisoformat("1980-01-01T00:00")})
    formats: dict[type, Any] = {
        kind: book.add_format({"num_format": shape})
        for kind, shape in ((date, "dd/mm/yyyy"), (datetime, "dd/mm/yyyy hh:mm"), (timedelta, "[h]:mm:ss"))
    }
    formats[time] = formats[timedelta]
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for (_, line, column), value in _cells(0, rows):
            if isinstance(value, str):
                sheet.write_string(line, column, _UNSEEN.sub("", value)[:32_767])
            else:
                sheet.write(line, column, value, formats.get(type(value)))
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width)
    book.close()
    return out.getvalue()


def _widths(rows: list[list[Any]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    return [
        min(WIDEST, max(9, *(len(text(row[column])) + 2 for row in rows if column < len(row))))
        for column in range(columns)
    ]  # fmt: skip


def as_ods(sheets: list[tuple[str, list[list[Any]]]]) -> bytes:
    """LibreOffice (OpenDocument 1.2, part 1, chapter 9)."""
    tables = "".join(
        f"<table:table table:name={quoteattr(_UNSEEN.sub('', name))}>{''.join(map(_row, rows))}</table:table>"
        for name, rows in sheets
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    parts = (
        ("mimetype", ODS, zipfile.ZIP_STORED),
        ("content.xml", content, zipfile.ZIP_DEFLATED),
        ("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED),
    )
    with zipfile.ZipFile(out, "w") as archive:
        for name, told, how in parts:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), told.encode(), how)
    return out.getvalue()


def _row(row: list[Any]) -> str:
    return f"<table:table-row>{''.join(map(_cell, row)) or '<table:table-cell/>'}</table:table-row>"


def _cell(value: object) -> str:
    """One cell: its value as programs read it, its text as persons do."""
    if value in ("", None):
        return "<table:table-cell/>"
    told = _UNSEEN.sub("", text(value))
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        kind = f'office:value-type="float" office:value="{value!r}"'
    elif isinstance(value, date):  # a moment is one too
        kind, told = f'office:value-type="date" office:date-value="{value.isoformat()}"', _day(value)
    elif isinstance(value, time | timedelta):
        kind, told = _length(value)
    else:
        kind = 'office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in told.splitlines())
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"


def _length(value: time | timedelta) -> tuple[str, str]:
    """A length of time, as hours that may go beyond a day."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    seconds = max(0, round(value.total_seconds()))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    kind = f'office:value-type="time" office:time-value="PT{hours:02d}H{minutes:02d}M{rest:02d}S"'
    return kind, f"{hours}:{minutes:02d}:{rest:02d}"


def main() -> None:
    """Treat, write the answer, end."""
    bound()
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read())
    answer: dict[str, Any]
    try:
        answer = copy(asked["data"], asked["kind"], asked["places"]) if asked["copy"] else read(asked["data"])
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # noqa: BLE001 - whatever the libraries say of a hostile file, it is refused
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
