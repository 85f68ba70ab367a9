"""A document as blocks of typed cells: what the PDF, the workbook, the text and the screen are all set from.

A number stays a number until a format writes it: the three formats and the page cannot disagree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from clausette.kernel.columns import Kind
from clausette.kernel.french import (
    HARD,
    format_date,
    format_euros,
    format_month,
    format_number,
    format_percent,
)
from clausette.reports.curve_layers import CurvePoint

MASKED = "masqué"
NONE_GIVEN = "–"


@dataclass(frozen=True, slots=True)
class Typed:
    """A number with a kind of its own, in a column that holds several kinds."""

    value: Decimal | int
    kind: Kind


Value: TypeAlias = str | Decimal | int | date | Typed | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, how its values are written, its share of the width (0: as narrow as it can)."""

    label: str
    kind: Kind = "text"
    width: int = 2


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table. `total`: its last line; `note`: how its figures are counted, printed beside."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    note: str = ""

    def written(self) -> tuple[list[list[str]], list[str]]:
        """Return the rows and the total as text; hours of a column have as many decimals as the longest of them."""
        lines = [*self.rows, *([self.total] if self.total else [])]
        places = [_places(line[n] for line in lines) for n in range(len(self.heads))]
        text = [
            [
                said(value, head.kind, places[n])
                for n, (value, head) in enumerate(zip(line, self.heads, strict=True))
            ]
            for line in lines
        ]
        return (text[:-1], text[-1]) if self.total else (text, [])


@dataclass(frozen=True, slots=True)
class Chart:
    """The curve of the hours, with the words for those who do not see it."""

    title: str
    points: tuple[CurvePoint, ...]
    on: date
    firm_due: Decimal | None
    due_to_date: Decimal | None
    opening: Decimal
    alt: str
    note: str


@dataclass(frozen=True, slots=True)
class Box:
    """One of the figures that are read first."""

    label: str
    value: str
    note: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Hours done out of hours due, as shares from 0 to 1; `due`: those due on the day."""

    done: Decimal
    due: Decimal | None
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole document. `lines`: the detail that only the workbook lists; `compact`: made to hold on one page."""

    title: str
    subtitle: str
    number: str
    issued: str
    issuer: tuple[str, ...]
    recipient: tuple[str, ...]
    correction: str
    notice: str
    statement: str
    equivalent: str
    boxes: tuple[Box, ...]
    bar: Bar | None
    identity: tuple[tuple[str, tuple[str, ...]], ...]
    blocks: tuple[Ledger | Chart, ...]
    definitions: tuple[tuple[str, str], ...]
    verification: str
    signature: tuple[str, ...]
    footer: str
    hash: str
    issued_on: date
    lines: Ledger | None = None
    compact: bool = False

    @property
    def name(self) -> str:
        """« Bilan des heures d’insertion BIL-2026-0001 »: the title of the file."""
        return f"{self.title} {self.number}".strip()

    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Ledger))


def format_rate(rate: Decimal) -> str:
    """Return « 84 % » from 0.84; a rate under 1 is never rounded up to « 100 % »."""
    return format_percent(min(rate, Decimal("0.999")) if rate < 1 else rate)


def said(value: Value, kind: Kind, places: int = 2) -> str:
    """Return a cell as text; what is unknown is a dash, what is masked says so."""
    if value is None or value == "":
        return NONE_GIVEN if value is None else ""
    if isinstance(value, Typed):
        return said(value.value, value.kind, _places([value.value]))
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return format_month(value) if kind == "month" else format_date(value)
    if kind == "percent":
        return format_rate(Decimal(value))
    if kind == "euros":
        return format_euros(value)
    if kind == "hours":
        return f"{format_number(value, places=places, fixed=True)}{HARD}h"
    return format_number(value)


def _places(values: Iterable[Value]) -> int:
    """Decimals of the longest number, so that digits line up."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    return max((len(format_number(value).partition(",")[2]) for value in numbers), default=0)


def total_of(label: str, rows: Sequence[tuple[Value, ...]], heads: Sequence[Head]) -> tuple[Value, ...]:
    """Return the total line: sums of hours, euros and numbers, nothing under words, dates and rates."""
    summed: list[Value] = [label]
    for place, head in enumerate(heads[1:], start=1):
        numbers = [row[place] for row in rows if isinstance(row[place], Decimal | int)]
        known = head.kind in ("hours", "euros", "int") and bool(numbers)
        summed.append(sum((Decimal(one) for one in numbers), Decimal(0)) if known else "")  # type: ignore[arg-type]  # numbers
    return tuple(summed)
