"""Lots pasted from a spreadsheet: « numéro, intitulé, montant, CPV », cells parted by tabs or semicolons."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from clausette.kernel.parsing import parse_decimal
from clausette.kernel.text import collapse, search_key

MAX_LOTS = 200
MAX_TITLE = 300
MAX_NUMBER = 10  # width of the column
MAX_TEXT = 100_000  # also under the limit of one cell of the csv module
_COLUMNS = ("numéro", "intitulé", "montant", "CPV")
_HEADINGS = frozenset(
    {"numero", "no", "n", "n lot", "lot", "numero de lot", "numero du lot", "n de lot", "lots"}
)
T = TypeVar("T")
_CPV = re.compile(r"[0-9]{8}(?:-[0-9])?")


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot read: amount in euros without tax or None, CPV or « »."""

    line: int
    number: str
    title: str
    amount_ht: Decimal | None
    cpv: str


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell that cannot be read: line (from 1), French name of the column, text found, sentence."""

    line: int
    column: str
    value: str
    message: str

    @property
    def sentence(self) -> str:
        """« Ligne 2, montant : … »."""
        return f"Ligne {self.line}, {self.column} : {self.message}"


@dataclass(frozen=True, slots=True)
class LotsPaste:
    """Lots that can be read and cells that cannot; a line with an error gives no lot."""

    rows: tuple[LotRow, ...]
    errors: tuple[CellError, ...]


def cells_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line from 1, trimmed cells) of a text pasted from a spreadsheet, empty lines left out."""
    separator = "\t" if "\t" in text else ";"
    # A lone quotation mark must not swallow the lines that follow it.
    quotes_pair = text.count('"') % 2 == 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quotes_pair else csv.QUOTE_NONE,
    )
    for cells in reader:
        trimmed = [collapse(cell) for cell in cells]
        if any(trimmed):
            yield reader.line_num, trimmed


def _title(value: str) -> str:
    if not value:
        raise ValueError("donnez l'intitulé du lot.")
    if len(value) > MAX_TITLE:
        raise ValueError(f"l'intitulé dépasse {MAX_TITLE} caractères.")
    return value


def without_unit(value: str) -> str:
    """Return an amount without its « € HT »."""
    return re.sub(r"(?i) ?(?:€|euros?)? ?h\.?t\.?$", "", value)


def _amount(value: str) -> Decimal | None:
    if not value:
        return None
    amount = parse_decimal(without_unit(value), places=2)
    if amount <= 0:
        raise ValueError("le montant doit être supérieur à zéro.")
    return amount


def _cpv(value: str) -> str:
    if value and not _CPV.fullmatch(value):
        raise ValueError("un code CPV a 8 chiffres, par exemple 45210000.")
    return value


def _number(value: str, seen: set[str]) -> str:
    if not value:
        raise ValueError("donnez le numéro du lot.")
    if len(value) > MAX_NUMBER:
        raise ValueError(f"le numéro dépasse {MAX_NUMBER} caractères.")
    if value.casefold() in seen:
        raise ValueError(f"le lot {value} est déjà dans la liste.")
    seen.add(value.casefold())
    return value


class _Line:
    """Reads the cells of one line and keeps what is wrong with them."""

    def __init__(self, line: int, cells: list[str]) -> None:
        self.line = line
        self.cells = [*cells, "", "", "", ""]
        self.errors: list[CellError] = []
        if any(cells[4:]):
            self.errors.append(CellError(line, "colonne 5", cells[4], "seules quatre colonnes sont lues."))

    def read(self, index: int, reader: Callable[[str], T], default: T) -> T:
        """Return cell `index` as `reader` reads it; keep its refusal and return `default` otherwise."""
        try:
            return reader(self.cells[index])
        except ValueError as error:
            self.errors.append(CellError(self.line, _COLUMNS[index], self.cells[index], str(error)))
            return default


def _row(line: int, cells: list[str], seen: set[str]) -> LotRow | list[CellError]:
    reading = _Line(line, cells)
    row = LotRow(
        line=line,
        number=reading.read(0, lambda value: _number(value, seen), ""),
        title=reading.read(1, _title, ""),
        amount_ht=reading.read(2, _amount, None),
        cpv=reading.read(3, _cpv, ""),
    )
    return reading.errors or row


def parse_lots(text: str) -> LotsPaste:
    """Read the lots pasted in `text`; a first line of headings is passed over. Never raises."""
    rows: list[LotRow] = []
    errors: list[CellError] = []
    seen: set[str] = set()
    if len(text) > MAX_TEXT:
        return LotsPaste((), (CellError(1, "numéro", "", "ce texte est trop long pour une liste de lots."),))
    for rank, (line, cells) in enumerate(cells_of(text)):
        if rank == 0 and search_key(cells[0]) in _HEADINGS:
            continue
        if len(rows) >= MAX_LOTS:
            errors.append(CellError(line, "numéro", cells[0], f"au plus {MAX_LOTS} lots à la fois."))
            break
        read = _row(line, cells, seen)
        if isinstance(read, LotRow):
            rows.append(read)
        else:
            errors.extend(read)
    return LotsPaste(tuple(rows), tuple(errors))
