"""Opening a workbook that somebody sends, whatever import it feeds."""

from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.files.rules import check_file
from clausette.imports.takeover.reading import MOST_LINES, Workbook, read_workbook


def open_workbook(
    name: str, data: bytes, *, most_lines: int = MOST_LINES, checked_later: bool = False
) -> Workbook:
    """Read the bytes in a process of their own first: the checks of this one then never meet a bomb.

    `checked_later`: whoever calls checks the bytes of a workbook that can be read (`check_workbook`), or keeps them,
    which checks them too. Raises FileRefused (field « file »).
    """
    kind = "book" if data.startswith(b"PK") else "csv"
    if kind == "csv":
        check_workbook(name, data)
    workbook = read_workbook(data, kind=kind, most_lines=most_lines)
    if kind == "book" and workbook.refusal:
        _refuse_bomb(workbook.refusal)
    if kind == "book" and (workbook.refusal or not checked_later):
        check_workbook(name, data)
    if workbook.refusal:
        raise FileRefused(workbook.refusal)
    return workbook


def _refuse_bomb(refusal: str) -> None:
    if "démesuré" in refusal or "lignes remplies" in refusal or "colonnes remplies" in refusal:
        raise FileRefused(refusal)


def check_workbook(name: str, data: bytes) -> None:
    """Check bytes that are not kept as they are. Raises FileRefused, FileTooLarge (field « file »)."""
    # social security numbers are taken off cell by cell, and told; what is left is searched when it is kept
    check_file(name=name, data=data, purpose=Purpose.WORKBOOK, searched=False)
