"""What may be read of files of hours: the list, the head of one, its lines, what a person must say, who filled what."""

from clausette.imports.queries.hours_files.batches import (
    FilledBy,
    HoursFileOfList,
    HoursFileSheet,
    MonthTotal,
    declarants_of,
    files_of_statement,
    hours_file_sheet,
    list_hours_files,
)
from clausette.imports.queries.hours_files.lines import (
    HoursLineRead,
    SubjectToMatch,
    hours_codes_said,
    hours_file_returned,
    line_to_match,
    list_hours_lines,
    subjects_to_match,
)

__all__ = [
    "FilledBy",
    "HoursFileOfList",
    "HoursFileSheet",
    "HoursLineRead",
    "MonthTotal",
    "SubjectToMatch",
    "declarants_of",
    "files_of_statement",
    "hours_codes_said",
    "hours_file_returned",
    "hours_file_sheet",
    "line_to_match",
    "list_hours_files",
    "list_hours_lines",
    "subjects_to_match",
]
