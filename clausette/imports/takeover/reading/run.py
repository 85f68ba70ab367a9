"""Start the reading process, give it the bytes, understand its answer or its death."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from clausette.imports.takeover.reading.results import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_SHEETS,
    Lines,
    RawBook,
    RawSheet,
    Sheet,
    Workbook,
    grid_from,
    sheet_name,
)
from clausette.kernel.french import format_number, plural

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 30  # seconds of the clock; the process bounds its own time of calculation to 20
LONG_PATIENCE = 180  # for a command on a busy machine, where nobody waits behind a page
TOO_BIG = (
    "Ce classeur, une fois ouvert, est démesuré : il est refusé. Gardez les lignes utiles, dans un classeur neuf, "
    "puis envoyez-le de nouveau."
)
REFUSALS = {
    "bomb": TOO_BIG,
    "columns": f"Une feuille a plus de {MOST_COLUMNS} colonnes remplies : gardez les colonnes utiles.",
    "sheets": f"Ce classeur a plus de {MOST_SHEETS} feuilles : gardez les feuilles utiles.",
    "locked": "Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.",
    "csv": "Ce fichier texte ne se découpe pas en colonnes : enregistrez-le en CSV, séparateur point-virgule.",
    "binary": "Ce fichier n'est pas un texte : envoyez un classeur XLSX, ODS ou un CSV.",
    "broken": "Ce classeur est abîmé ou coupé : ouvrez-le dans votre tableur, enregistrez-le, puis envoyez-le.",
}
LOST = (
    "{count} sans valeur calculée : ces cases sont lues vides. Ouvrez le classeur dans votre tableur, enregistrez-le, "
    "puis envoyez-le de nouveau."
)


def read_workbook(data: bytes, *, kind: str, most_lines: int = MOST_LINES) -> Workbook:
    """Return the sheets of a workbook (`kind`: xlsx, ods or csv), or the reason why it cannot be read.

    Never raises for what the bytes hold: a bomb exhausts the memory of another process, and is refused.
    """
    answer = _answer(data, "csv" if kind == "csv" else "book", most_lines)
    if answer.get("refused") == "lines":
        told = format_number(most_lines)
        return Workbook(refusal=f"Ce classeur a plus de {told} lignes remplies : coupez-le en plusieurs envois.")
    if "refused" in answer:
        return Workbook(refusal=REFUSALS[answer["refused"]])
    return _workbook(answer)


def read_columns(data: bytes, *, most_lines: int) -> RawBook:
    """Return the sheets of an XLSX or ODS workbook column by column, or the reason why it cannot be read.

    For large files: a tenth of the time of `read_workbook`. Never raises for what the bytes hold.
    """
    if not data.startswith(b"PK"):
        return RawBook(refusal="Ce fichier n'est pas un classeur XLSX ou ODS." if data else "Ce fichier est vide.")
    answer = _answer(data, "columns", most_lines, LONG_PATIENCE)
    if answer.get("refused") == "lines":
        return RawBook(refusal=f"Ce classeur a plus de {format_number(most_lines)} lignes : coupez-le.")
    if "refused" in answer:
        return RawBook(refusal=REFUSALS[answer["refused"]])
    sheets = (
        RawSheet(one["name"], one["top"], one["left"], tuple(one["columns"]), one["date_1904"])
        for one in answer["sheets"]
    )
    return RawBook(tuple(sheets), _notices(answer))


def _answer(data: bytes, how: str, most_lines: int, patience: int = PATIENCE) -> dict[str, Any]:
    """What the reading process says; its death, or its slowness, says that the file is out of all measure."""
    limits = (f"lines={most_lines}", f"sheets={MOST_SHEETS}", f"columns={MOST_COLUMNS}")
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD), how, *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "bomb"}
    if done.returncode != 0:
        return {"refused": "bomb"}
    answer: dict[str, Any] = msgspec.msgpack.decode(done.stdout)
    return answer


def _notices(answer: dict[str, Any]) -> tuple[str, ...]:
    if not answer["lost"]:
        return ()
    return (LOST.format(count=plural(answer["lost"], "formule est", "formules sont")),)


def _workbook(answer: dict[str, Any]) -> Workbook:
    texts = answer["texts"]
    grids = ((one, grid_from(texts, one["lines"], one["columns"])) for one in answer["sheets"])
    sheets = tuple(
        Sheet(sheet_name(one["name"]), Lines(grid), one["hidden"], one["date_1904"]) for one, grid in grids
    )
    if not any(sheet.lines for sheet in sheets):
        return Workbook(refusal="Ce classeur est vide : aucune case n'est remplie.")
    return Workbook(sheets, _notices(answer))
