"""« Relevé d'heures » of one month on paper: to fill, sign and send back, or as it was certified online."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from clausette.reports.fonts import font_folder, printable

_TEMPLATE = Path(__file__).with_name("hours_sheet.typ")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person; `hours` is "" where they are to be written by hand."""

    person: str
    job: str
    hours: str


@dataclass(frozen=True, slots=True)
class HoursSheet:
    """What the paper says, already in French. `certified`: the sentence of the certification, "" on paper to sign.

    `pieces`: what is joined, each with its kind.
    """

    market: str
    month: str
    declarant: str
    state: str
    rows: tuple[SheetRow, ...]
    total: str
    attests: str
    certified: str
    printed_on: date
    pieces: tuple[str, ...] = ()


def sheet_pdf(sheet: HoursSheet) -> bytes:
    """Return the tagged PDF; the same sheet gives the same bytes."""
    said = asdict(sheet) | {"printed_on": None}
    rows = [{name: printable(text) for name, text in row.items()} for row in said.pop("rows")]
    pieces = [printable(piece) for piece in said.pop("pieces")]
    words = {name: printable(text) if text else "" for name, text in said.items()}
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(words | {"rows": rows, "pieces": pieces}, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(sheet.printed_on, time(), UTC),
    )
