"""The workbook given back: the same sheets and lines, with what is to be corrected in a column at the right.

The file is written here, row by row: the library of the house takes 10 s for a hundred thousand lines, this takes 2.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from clausette.imports.hours_book import parts
from clausette.imports.hours_book.cells import Cell, holds_nir
from clausette.imports.hours_book.checking import Checked
from clausette.imports.hours_book.sheets import HOURS, TOLD, Plan, Shape, plan_of
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.reading import RawSheet
from clausette.kernel.text import search_key

EPOCH = date(1899, 12, 30)
SLICE = 10_000
LONGEST = 30_000  # a cell holds 32,767 characters
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_DAYS = frozenset({Shape.DATE, Shape.MONTH})
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD, _ERROR = f' s="{parts.HEAD}"', f' s="{parts.ERROR}"'
Told = Mapping[int, str]


def returned_book(checked: Checked) -> bytes:
    """Return the bytes of an XLSX file. Social security numbers are left out."""
    told, data = _told(checked), BytesIO()
    names = parts.names_of([sheet.name for sheet in checked.book.sheets])
    with ZipFile(data, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for path, content in parts.around(names):
            archive.writestr(path, content)
        for number, sheet in enumerate(checked.book.sheets, 1):
            plan = plan_of(sheet.name)
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as file:
                _write(file, sheet, plan, told.get(plan.name if plan else sheet.name, {}))
    return data.getvalue()


def _told(checked: Checked) -> dict[str, dict[int, str]]:
    """What is to be corrected, by sheet and line; what only informs is left out."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for remark in checked.remarks:
        found[remark.sheet][remark.line].append(remark.text)
    for line, findings in checked.controlled.to_correct() if checked.controlled else ():
        found[HOURS.name][line].extend(one.text for one in findings)
    return {
        sheet: {line: "\n".join(texts)[:LONGEST] for line, texts in by_line.items() if texts}
        for sheet, by_line in found.items()
    }


def _write(file: IO[bytes], sheet: RawSheet, plan: Plan | None, told: Told) -> None:
    kept = [column for column in sheet.columns if search_key(str(column[0])) != search_key(TOLD)]
    letters = [letter(sheet.left + place) for place in range(len(kept) + 1)]
    with_told, top = bool(told) or plan is HOURS, sheet.top + 1
    tails = [_Tails(days=_holds_days(plan, column[0])) for column in kept]
    width = sheet.left + len(kept)
    file.write(parts.sheet_head(width, width + 1 if with_told else None).encode())
    for start in range(0, sheet.height, SLICE):
        numbers = range(top + start, top + min(start + SLICE, sheet.height))
        cells = [
            _cells(name, numbers, map(tail.__getitem__, column[start : start + SLICE]))
            for name, tail, column in zip(letters, tails, kept, strict=False)
        ]
        if with_told:
            cells.append(_cells(letters[-1], numbers, _said(numbers, told, top)))
        if start == 0:
            for name, column, row in zip(letters, kept, cells, strict=False):
                row[0] = f'<c r="{name}{top}"{_tail(column[0], style=_HEAD) or "/>"}'
        rows = map("".join, zip(*cells, strict=True))
        text = "".join(f'<row r="{number}">{row}</row>' for number, row in zip(numbers, rows, strict=True))
        file.write(text.encode("utf-8", "replace"))
    file.write(parts.SHEET_TAIL.encode())


def _holds_days(plan: Plan | None, heading: Cell) -> bool:
    known = plan.column(str(heading)) if plan else None
    return known is not None and known.shape in _DAYS


class _Tails(dict[Cell, str]):
    """What follows the place of a cell, made once for each different value; « » for no cell."""

    def __init__(self, *, days: bool) -> None:
        super().__init__()
        self.days = days

    def __missing__(self, cell: Cell) -> str:
        self[cell] = _tail(cell, days=self.days)
        return self[cell]


def _tail(cell: Cell, *, days: bool = False, style: str = "") -> str:
    if cell == "" or (len(str(cell)) > 12 and holds_nir(str(cell).removesuffix(".0"))):
        return ""
    if isinstance(cell, str):
        if days and _DAY.fullmatch(cell):
            return f' s="{parts.DAY}"><v>{(date.fromisoformat(cell) - EPOCH).days}</v></c>'
        return _text(cell, style)
    return f"><v>{cell!r}</v></c>"


def _text(text: str, style: str) -> str:
    if not text:
        return ""
    kept = escape(_NEVER.sub("", text), quote=False)
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _cells(name: str, numbers: Iterable[int], tails: Iterable[str]) -> list[str]:
    return [f'<c r="{name}{number}"{tail}' if tail else "" for number, tail in zip(numbers, tails, strict=True)]


def _said(numbers: Iterable[int], told: Told, heading: int) -> Iterator[str]:
    for number in numbers:
        text = told.get(number, "")
        if number == heading:
            yield _text(f"{TOLD}\n{text}".strip(), _HEAD)
        else:
            yield _text(text, _ERROR)
