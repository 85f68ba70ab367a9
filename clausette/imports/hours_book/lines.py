"""The lines of the two sheets of hours: references found, what cannot be controlled told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clausette.hours.enums import HoursKind
from clausette.hours.rules.controls import Span
from clausette.imports.hours_book import sheets
from clausette.imports.hours_book.around import Around, Commitment, WorkContract
from clausette.imports.hours_book.remarks import Remarks
from clausette.imports.hours_book.tables import Table

_CODES = tuple(column.code for column in sheets.HOURS.columns)


@dataclass(slots=True)
class Line:
    """One line of hours; `number`: that of its sheet. `uncounted`: the word of what does not count.

    `training`: days of a training before hiring; None for another nature, and on a line known already.
    """

    number: int
    subject: bool
    declarant: str
    work: WorkContract
    commitment: Commitment
    month: date
    hours: Decimal
    kind: HoursKind
    uncounted: str
    stated: Decimal | None
    piece: str
    piece_on: date | None
    is_correction: bool
    training: Span | None


@dataclass(slots=True)
class Lines:
    """The lines that can be controlled, and how many there are on the sheet « Heures »."""

    given: int = 0
    kept: list[Line] = field(default_factory=list)


def lines_of(tables: Mapping[str, Table], around: Around, remarks: Remarks) -> Lines:
    """Return the lines of both sheets, those to be controlled first."""
    known = tables.get(sheets.KNOWN.name)
    numbers = {known.number(place) for place in range(known.height)} - {
        known.number(place) for place in known.blank
    } if known else set()  # fmt: skip
    found = Lines()
    for plan in (sheets.HOURS, sheets.KNOWN):
        table = tables.get(plan.name)
        if table is not None:
            found.kept.extend(_read(table, around, numbers, remarks))
    given = tables.get(sheets.HOURS.name)
    found.given = given.used() if given else 0
    return found


def _read(table: Table, around: Around, known: set[int], remarks: Remarks) -> Iterator[Line]:
    subject, skipped = table.plan is sheets.HOURS, table.faulty | table.blank
    work, commitments = around.work, around.commitments
    for place, values in enumerate(zip(*map(table.values, _CODES), strict=True)):
        if place in skipped:
            continue
        declarant, contract, owed, month, hours, nature, stated, piece, piece_on, corrects, begins, ends = values
        hired, credited = work.get(contract), commitments.get(owed)
        if hired is None or credited is None or (corrects is not None and subject and corrects not in known):
            _lost(table, place, around, remarks, known)
            continue
        kind, uncounted = nature or (HoursKind.WORK, "")
        training = None
        if subject and kind is HoursKind.BEFORE:
            if begins is None or ends is None or ends < begins:
                _undated(table, place, begins, ends, remarks)
                continue
            training = Span(begins, ends)
        yield Line(table.first + place, subject, declarant or "", hired, credited, month, hours, kind, uncounted,
                   stated, piece or "", piece_on, corrects is not None, training)  # fmt: skip


def _undated(table: Table, place: int, begins: date | None, ends: date | None, remarks: Remarks) -> None:
    """Tell which days of a training before hiring are missing, or that they are not in order."""
    labels = {column.code: column.label for column in table.plan.columns}
    for code, day in (("training_from", begins), ("training_to", ends)):
        if day is None:
            sentence = f"« {labels[code]} » est vide : une formation avant l'embauche a ses dates."
            _say(table, place, code, "E202", sentence, remarks)
    if begins and ends:
        _say(table, place, "training_to", "E210", "La fin précède le début.", remarks)


def _lost(table: Table, place: int, around: Around, remarks: Remarks, known: set[int]) -> None:
    """Tell which references of a line lead nowhere."""
    row = {code: table.values(code)[place] for code in _CODES}
    missing = (
        ("work_contract", around.work, sheets.WORK.name, "E208"),
        ("commitment", around.commitments, sheets.COMMITMENTS.name, "E224"),
    )
    for code, index, sheet, told in missing:
        if row[code] in index:
            continue
        spoiled = row[code] in around.spoiled[sheet]
        why = "doit d'abord être corrigé" if spoiled else "n'est pas"
        sentence = f"« {row[code]} » {why} sur la feuille « {sheet} »."
        _say(table, place, code, "E219" if spoiled else told, sentence, remarks)
    if row["corrects"] is not None and table.plan is sheets.HOURS and row["corrects"] not in known:
        sentence = f"La feuille « {sheets.KNOWN.name} » n'a pas de ligne {row['corrects']}."
        _say(table, place, "corrects", "E225", sentence, remarks)


def _say(table: Table, place: int, code: str, told: str, sentence: str, remarks: Remarks) -> None:
    label = next(column.label for column in table.plan.columns if column.code == code)
    remarks.add(table.plan.name, table.number(place), told, sentence, place=table.places.get(code), label=label)
