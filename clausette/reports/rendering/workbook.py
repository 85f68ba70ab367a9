"""A paper as a workbook: one sheet of figures, one for each table, one for the lines; numbers stay numbers."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from clausette.kernel.columns import Kind
from clausette.reports.paper import Ledger, Paper, Typed, Value

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_NUMBERS: dict[Kind, str] = {
    "hours": '#,##0.00" h"',
    "euros": '#,##0.00" €"',
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
    "month": "[$-40C]mmmm yyyy",
    "int": "#,##0",
}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " ") | {"'": "’"})
_FIRST = "Document"
_LEFT = ("text", "date", "month")
_WIDTHS: dict[Kind, int] = {"text": 13, "date": 13, "month": 16}
_WIDEST, _LINE = 58, 15.5


def workbook_of(paper: Paper) -> bytes:
    """Return the workbook. A text is written as a text, whatever it begins with: never read as a formula."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, _OPTIONS)
    made = datetime.combine(paper.issued_on, time())
    book.set_properties({"title": paper.name, "author": paper.issuer[0], "created": made})
    styles = _Styles(book)
    _front(book.add_worksheet(_FIRST), paper, styles)
    names = {_FIRST}
    for ledger in (*paper.ledgers, *([paper.lines] if paper.lines else [])):
        _sheet(book.add_worksheet(_name(ledger.title, names)), ledger, paper, styles)
    book.close()
    return data.getvalue()


class _Styles:
    """The formats of the book, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E3F0EF", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.head_right = book.add_format(
            {
                "bold": True,
                "bg_color": "#E3F0EF",
                "bottom": 1,
                "text_wrap": True,
                "valign": "top",
                "align": "right",
            }
        )
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})

    def cell(self, kind: Kind, *, total: bool = False, right: bool = False, part: bool = False) -> Any:
        """The format of a value of this kind. `part`: a figure held in the one above, set back."""
        key = f"{kind} {total} {right} {part}"
        if key not in self._known:
            look: dict[str, Any] = {"num_format": _NUMBERS.get(kind, "@"), "valign": "top"}
            look |= {"text_wrap": True} if kind == "text" else {}
            look |= {"bold": True, "top": 1} if total else {}
            look |= {"align": "right"} if right else {}
            look |= {"indent": 1} if part else {}
            self._known[key] = self._book.add_format(look)
        return self._known[key]


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may bear: 31 letters, none of []:*?/\\, once."""
    base = " ".join(title.translate(_FORBIDDEN).split())[:31].strip()
    name, number = base, 2
    while name.lower() in {one.lower() for one in taken}:
        name, number = f"{base[:28]} {number}", number + 1
    taken.add(name)
    return name


def _front(sheet: Any, paper: Paper, styles: _Styles) -> None:
    """What the first page of the PDF says, line by line."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, paper.title, styles.title)
    rows = [
        ("Document", f"{paper.number}, {paper.issued}"),
        ("Objet", paper.subtitle),
        ("Établi par", ", ".join(paper.issuer)),
        *([("Destinataire", ", ".join(paper.recipient))] if paper.recipient else []),
        *([("Correction", paper.correction)] if paper.correction else []),
        ("En bref", " ".join(part for part in (paper.statement, paper.equivalent) if part)),
        *((box.label, ", ".join(part for part in (box.value, box.note) if part)) for box in paper.boxes),
        *((term, ", ".join(lines)) for term, lines in paper.identity),
        *([("Diffusion", paper.notice)] if paper.notice else []),
        ("Empreinte SHA-256 des données", paper.hash),
    ]
    for line, (term, text) in enumerate(rows, start=2):
        sheet.set_row(line, _LINE * (1 + len(text) // 88))
        sheet.write_string(line, 0, term, styles.bold)
        sheet.write_string(line, 1, text, styles.wrap)


def _width(ledger: Ledger, place: int) -> int:
    """A column as wide as its longest text, within reason."""
    head = ledger.heads[place]
    texts = [row[place] for row in (*ledger.rows, ledger.total) if row and isinstance(row[place], str)]
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    usual = _WIDTHS.get(head.kind, 14)
    return max(usual, min(longest + 2, _WIDEST), min(len(head.label) + 3, _WIDEST))


def _tall(sheet: Any, line: int, row: Sequence[Value], widths: Sequence[int]) -> None:
    """A line as tall as its longest text, which is cut nowhere."""
    texts = [(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)]
    lines = max((-(-len(text) // (width + 3)) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(line, _LINE * lines)


def _sheet(sheet: Any, ledger: Ledger, paper: Paper, styles: _Styles) -> None:
    widths = [_width(ledger, place) for place in range(len(ledger.heads))]
    for place, head in enumerate(ledger.heads):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, head.label, styles.head if head.kind in _LEFT else styles.head_right)
    for line, row in enumerate(ledger.rows, start=1):
        _tall(sheet, line, row, widths)
        for place, value in enumerate(row):
            _write(sheet, line, place, value, ledger.heads[place].kind, styles, total=False)
    end = len(ledger.rows) + 1
    for place, value in enumerate(ledger.total):
        _write(sheet, end, place, value, ledger.heads[place].kind, styles, total=True)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(ledger.rows), 1), len(ledger.heads) - 1)
    if ledger.note:
        sheet.write_string(end + 2, 0, ledger.note)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{_plain(paper.footer)}&R&8&P / &N")


def _plain(text: str) -> str:
    """A text that the codes of a footer cannot read as theirs, at most as long as they take."""
    return text.replace("&", "&&")[:200]


def _write(
    sheet: Any, line: int, place: int, value: Value, kind: Kind, styles: _Styles, *, total: bool
) -> None:
    if isinstance(value, Typed):
        kind, value = value.kind, value.value
    if kind == "int" and isinstance(value, Decimal) and value % 1:
        kind = "hours"  # a number with decimals in a column of counts
    part = place == 0 and isinstance(value, str) and value.startswith("dont ")
    style = styles.cell(kind, total=total, right=isinstance(value, str) and kind not in _LEFT, part=part)
    if value is None or value == "":
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, style)
    elif isinstance(value, Decimal | int):
        sheet.write_number(line, place, value, style)
    else:
        sheet.write_string(line, place, value, style)
