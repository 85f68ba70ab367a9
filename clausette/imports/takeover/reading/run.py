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
    Line,
    Sheet,
    Workbook,
    sheet_name,
)
from clausette.kernel.french import format_number, plural

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 30  # seconds of the clock; the process bounds its own time of calculation to 20
TOO_BIG = (
    "Ce classeur, une fois ouvert, est démesuré : il est refusé. Gardez les lignes utiles, dans un classeur neuf, "
    "puis envoyez-le de nouveau."
)
REFUSALS = {
    "bomb": TOO_BIG,
    "lines": f"Ce classeur a plus de {format_number(MOST_LINES)} lignes remplies : coupez-le en plusieurs envois.",
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


def read_workbook(data: bytes, *, kind: str) -> Workbook:
    """Return the sheets of a workbook (`kind`: xlsx, ods or csv), or the reason why it cannot be read.

    Never raises for what the bytes hold: a bomb exhausts the memory of another process, and is refused.
    """
    limits = (f"lines={MOST_LINES}", f"sheets={MOST_SHEETS}", f"columns={MOST_COLUMNS}")
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD), "csv" if kind == "csv" else "book", *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return Workbook(refusal=TOO_BIG)
    if done.returncode != 0:
        return Workbook(refusal=TOO_BIG)
    answer = msgspec.msgpack.decode(done.stdout)
    if "refused" in answer:
        return Workbook(refusal=REFUSALS[answer["refused"]])
    return _workbook(answer)


def _workbook(answer: dict[str, Any]) -> Workbook:
    sheets = tuple(
        Sheet(
            sheet_name(one["name"]),
            tuple(Line(number, tuple(cells)) for number, cells in one["lines"]),
            one["hidden"],
            one["date_1904"],
        )
        for one in answer["sheets"]
    )
    notices = []
    if answer["lost"]:
        notices.append(LOST.format(count=plural(answer["lost"], "formule est", "formules sont")))
    if not any(sheet.lines for sheet in sheets):
        return Workbook(refusal="Ce classeur est vide : aucune case n'est remplie.")
    return Workbook(sheets, tuple(notices))
