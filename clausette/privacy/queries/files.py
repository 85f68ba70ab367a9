"""Bytes on the clock of retention: workbooks taken over, papers of statements, pieces kept with decisions."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.privacy.enums import PurgedCategory
from clausette.privacy.permissions import can_see_retention
from clausette.privacy.queries.retention import rows_on
from clausette.reference.facts.retention import RetentionRow

OF_FILES = (PurgedCategory.RAW_IMPORT, PurgedCategory.EVIDENCE, PurgedCategory.PAYSLIP)


@dataclass(frozen=True, slots=True)
class FilesLeaving:
    """How many files of the structure leave soon or should have left, and the last day of the first one."""

    label: str
    files: int
    first_on: date


def _spans(row: RetentionRow) -> tuple[int, int, int, int]:
    return row.months, row.days, row.most_months, row.notice_days


def files_leaving(*, actor: Actor, on: date) -> tuple[FilesLeaving, ...]:
    """Return what leaves soon by category, nothing where nothing does (a query each). Raises NotAllowed."""
    demand(can_see_retention(actor))
    rows, found = rows_on(on), []
    for category in OF_FILES:
        row = rows[category.value]
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.files_leaving(%s, %s, %s, %s, %s, %s)", [row.code, on, *_spans(row)])
            files, first_on = cursor.fetchone()
        if files:
            found.append(FilesLeaving(row.label, files, first_on))
    return tuple(found)


def purge_files(*, row: RetentionRow, as_of: date, really: bool) -> tuple[int, int, int]:
    """Count what is due, announced, held in one category; `really`: and take away what is due. Worker only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.purge_files(%s, %s, %s, %s, %s, %s, %s)", [row.code, as_of, *_spans(row), really]
        )
        due, announced, held = cursor.fetchone()
    return due, announced, held
