"""A paper as a tagged PDF (PDF/UA-1 export of typst): all text is data of the template, never markup."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from clausette.reports.curve import progress_curve
from clausette.reports.fonts import font_folder, printable
from clausette.reports.paper import Chart, Ledger, Paper

_TEMPLATE = Path(__file__).with_name("paper.typ")
_WIDTH, _HEIGHT, _LOW = 620, 215, 150


def pdf_of(paper: Paper) -> bytes:
    """Return the PDF; the same paper gives the same bytes (same engine and fonts)."""
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(tree_of(paper), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(paper.issued_on, time(), UTC),
    )


def drawn(chart: Chart, height: int = _HEIGHT) -> bytes:
    """Return the curve as SVG, at the size of the page."""
    return progress_curve(
        chart.points, chart.on, chart.firm_due, width=_WIDTH, height=height, opening=chart.opening,
        due_to_date=chart.due_to_date, day_word="arrêté",
    )  # fmt: skip


def tree_of(paper: Paper) -> dict[str, Any]:
    """Return what the template reads, every text made printable."""
    said = {
        "name": paper.name,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "number": paper.number,
        "issued": paper.issued,
        "issuer": list(paper.issuer),
        "correction": paper.correction,
        "notice": paper.notice,
        "statement": paper.statement,
        "equivalent": paper.equivalent,
        "boxes": [{"label": b.label, "value": b.value, "note": b.note, "main": b.main} for b in paper.boxes],
        "identity": [{"term": term, "lines": list(lines)} for term, lines in paper.identity],
        "definitions": [{"term": term, "text": text} for term, text in paper.definitions],
        "verification": paper.verification,
        "signature": list(paper.signature),
        "footer": paper.footer,
    }
    return {key: _printable(value) for key, value in said.items()} | {
        "bar": _bar(paper),
        "blocks": [_block(block, _LOW if paper.compact else _HEIGHT) for block in paper.blocks],
        "hash": paper.hash,
    }


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value


def _bar(paper: Paper) -> dict[str, Any] | None:
    bar = paper.bar
    if bar is None:
        return None
    due = float(bar.due) if bar.due is not None else None
    return {"done": float(bar.done), "due": due, "alt": printable(bar.alt), "caption": printable(bar.caption)}


def _block(block: Ledger | Chart, height: int) -> dict[str, Any]:
    if isinstance(block, Chart):
        svg = drawn(block, height)
        words = _printable({"title": block.title, "alt": block.alt, "note": block.note})
        return {"kind": "chart", "svg": svg.decode(), **words}
    rows, total = block.written()
    return {
        "kind": "ledger",
        **_printable(
            {"title": block.title, "note": block.note, "head": [head.label for head in block.heads]}
        ),
        "rows": _printable(rows),
        "total": _printable(total),
        "widths": [head.width for head in block.heads],
        "texts": [head.kind in ("text", "date", "month") for head in block.heads],
    }
