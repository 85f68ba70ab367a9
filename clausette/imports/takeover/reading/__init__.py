"""Bytes of any workbook to lines of texts, in a process of its own whose memory and time are bounded."""

from clausette.imports.takeover.reading.results import MOST_LINES, Line, Sheet, Workbook
from clausette.imports.takeover.reading.run import read_workbook

__all__ = ["MOST_LINES", "Line", "Sheet", "Workbook", "read_workbook"]
