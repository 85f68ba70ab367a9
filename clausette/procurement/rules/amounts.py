"""Orders and invoices: their day, and lines pasted from a spreadsheet (date, référence, montant HT, entreprise)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from clausette.kernel.french import format_date
from clausette.kernel.parsing import parse_date, parse_decimal
from clausette.kernel.text import search_key
from clausette.procurement.enums import AmountKind
from clausette.procurement.rules.lots import CellError, cells_of, without_unit

MOST_LINES = 500
MOST_REFERENCE = 60
MOST_TEXT = 100_000
MOST_AMOUNT = Decimal(10) ** 12
_COLUMNS = ("date", "référence", "montant", "entreprise")
_KNOWN_HEADINGS = frozenset({"date", "dates", "le", "jour", "date facture", "date de facture", "date commande"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One line read: `firm` is the key of a firm among those given, « » when the cell is empty."""

    line: int
    on: date
    reference: str
    amount_ht: Decimal
    firm: str


@dataclass(frozen=True, slots=True)
class AmountsPaste:
    """Lines that can be read and cells that cannot."""

    rows: tuple[AmountRow, ...]
    errors: tuple[CellError, ...]


def wrong_day(on: date, *, today: date, first_day: date | None) -> str:
    """Return why an order or an invoice cannot bear this day, « » when it can."""
    if on > today:
        return f"le {format_date(on)} est à venir."
    if first_day is not None and on < first_day:
        return f"le {format_date(on)} précède le marché, qui commence le {format_date(first_day)}."
    return ""


def wrong_amount(kind: AmountKind, amount: Decimal) -> str:
    """Return why an amount is refused: an order is above zero, an invoice may be a credit note but not zero."""
    if kind == AmountKind.ORDERED and amount <= 0:
        return "une commande est supérieure à zéro."
    if amount == 0:
        return "le montant ne peut pas être zéro."
    return "ce montant est trop grand." if abs(amount) >= MOST_AMOUNT else ""


def _reference(value: str) -> str:
    if not value:
        raise ValueError("donnez le numéro.")
    if len(value) > MOST_REFERENCE:
        raise ValueError(f"la référence dépasse {MOST_REFERENCE} caractères.")
    return value


def _amount(kind: AmountKind) -> Callable[[str], Decimal]:
    def read(value: str) -> Decimal:
        amount = parse_decimal(without_unit(value), places=2)
        if said := wrong_amount(kind, amount):
            raise ValueError(said)
        return amount

    return read


def _firm(firms: Mapping[str, str]) -> Callable[[str], str]:
    keys = {search_key(name): key for name, key in firms.items()}

    def read(value: str) -> str:
        if not value:
            return ""
        asked = search_key(value)
        found = keys.get(asked) or keys.get(asked.replace(" ", ""))
        near = {key for name, key in keys.items() if asked in name}
        if found is None and len(near) != 1:
            raise ValueError("cette entreprise n'est pas titulaire du marché.")
        return found or near.pop()

    return read


class _Line:
    def __init__(self, line: int, cells: list[str]) -> None:
        self.line, self.cells = line, [*cells, "", "", "", ""]
        self.errors = (
            [CellError(line, "colonne 5", cells[4], "seules quatre colonnes sont lues.")] if any(cells[4:]) else []
        )

    def read(self, index: int, reader: Callable[[str], T], default: T) -> T:
        try:
            return reader(self.cells[index])
        except ValueError as error:
            self.errors.append(CellError(self.line, _COLUMNS[index], self.cells[index], str(error)))
            return default


def _days(value: str) -> date:
    if not value:
        raise ValueError("donnez la date.")
    return parse_date(value)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for rank, (line, cells) in enumerate(cells_of(text)):
        if rank or search_key(cells[0]) not in _KNOWN_HEADINGS:
            yield line, cells


def parse_amounts(text: str, *, kind: AmountKind, firms: Mapping[str, str]) -> AmountsPaste:
    """Read the lines pasted in `text`; `firms`: name or SIRET → key of each titulaire. Never raises."""
    if len(text) > MOST_TEXT:
        return AmountsPaste((), (CellError(1, "date", "", "ce texte est trop long."),))
    rows: list[AmountRow] = []
    errors: list[CellError] = []
    for line, cells in _lines(text):
        if len(rows) >= MOST_LINES:
            errors.append(CellError(line, "date", cells[0], f"au plus {MOST_LINES} lignes à la fois."))
            break
        reading = _Line(line, cells)
        row = AmountRow(
            line=line,
            on=reading.read(0, _days, date.min),
            reference=reading.read(1, _reference, ""),
            amount_ht=reading.read(2, _amount(kind), Decimal(0)),
            firm=reading.read(3, _firm(firms), ""),
        )
        errors.extend(reading.errors)
        rows += [] if reading.errors else [row]
    return AmountsPaste(tuple(rows), tuple(errors))
