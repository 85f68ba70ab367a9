"""Bytes of any workbook to lines of texts, in a process of its own whose memory and time are bounded."""

from clausette.imports.takeover.reading.kept import packed, unpacked
from clausette.imports.takeover.reading.results import (
    MOST_HOURS_LINES,
    MOST_LINES,
    Grid,
    Line,
    Lines,
    RawBook,
    RawSheet,
    Sheet,
    Workbook,
)
from clausette.imports.takeover.reading.run import read_columns, read_workbook

__all__ = [
    "MOST_HOURS_LINES",
    "MOST_LINES",
    "Grid",
    "Line",
    "Lines",
    "RawBook",
    "RawSheet",
    "Sheet",
    "Workbook",
    "packed",
    "read_columns",
    "read_workbook",
    "unpacked",
]
