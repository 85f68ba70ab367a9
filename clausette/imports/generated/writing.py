"""The workbook on the disk, row after row, and the key beside it."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from clausette.imports.generated.plan import FIRST_ROW, Generated
from clausette.imports.generated.world import Cells, Line

OPTIONS = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
HOURS = (
    "Déclarant", "Contrat de travail", "Engagement", "Mois", "Heures", "Nature", "Total du mois", "Pièce",
    "Pièce remise le", "Corrige", "Formation du", "Formation au",
)  # fmt: skip


def write_book(made: Generated, path: Path) -> None:
    """Write every sheet. Raises OSError."""
    world = made.world
    with path.open("wb") as target, xlsxwriter.Workbook(target, OPTIONS) as book:
        _sheet(book, "Contrôle", [{"Contrôlé le": world.on}])
        _sheet(book, "Engagements", world.engagements)
        _sheet(book, "Suspensions", world.suspensions)
        _sheet(book, "Parties", world.parts)
        _sheet(book, "Règles", world.rules)
        _sheet(book, "Personnes", world.persons)
        _sheet(book, "Contrats de travail", world.contracts)
        row = {id(line): number for number, line in enumerate(world.known, FIRST_ROW)}
        _write(book.add_worksheet("Heures"), HOURS, (_cells(line, row) for line in world.lines))
        _write(book.add_worksheet("Heures déjà connues"), HOURS, (_cells(line, row) for line in world.known))
        _sheet(book, "Mois validés", world.validated)


def write_key(made: Generated, path: Path) -> None:
    """Write the key. Raises OSError."""
    path.write_text(json.dumps(made.key(), ensure_ascii=False) + "\n", encoding="utf-8")


def _sheet(book: Any, name: str, rows: Sequence[Cells]) -> None:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    _write(book.add_worksheet(name), columns, ([row.get(column) for column in columns] for row in rows))


def _cells(line: Line, known: dict[int, int]) -> Sequence[object]:
    return (
        line.declarant, line.contract, line.engagement, f"{line.month:%Y-%m}", line.hours, line.nature, line.total,
        line.piece, line.handed, known[id(line.corrects)] if line.corrects else None,
        *(line.trained or (None, None)),
    )  # fmt: skip


def _write(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            match value:
                case None | "":
                    continue
                case str():
                    sheet.write_string(number, place, value)
                case date():
                    sheet.write_datetime(number, place, value)
                case Decimal() | int():
                    sheet.write_number(number, place, value)
