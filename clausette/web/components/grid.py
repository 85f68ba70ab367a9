"""The grid people × months: plain inputs in a table, quicker with the keyboard, complete without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from clausette.web.components.base import Component


@dataclass(frozen=True, slots=True)
class GridCell:
    """One input. ``value`` is what was typed or what is known, as text (« 121,5 »), never reformatted.

    ``locked`` is the reason why it cannot be typed (« validé le 3 novembre 2026 »). ``error`` is a sentence.
    """

    name: str
    value: str = ""
    error: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person: ``label`` (name), ``detail`` (trade, work contract), one cell per column."""

    label: str
    cells: Sequence[GridCell]
    detail: str = ""
    total: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class GridInput:
    """A cell with what its template needs: names for screen readers, ids for errors."""

    cell: GridCell
    column: str
    person: str

    @property
    def error_id(self) -> str:
        return f"erreur-{self.cell.name}"

    @property
    def label(self) -> str:
        return f"{self.person}, {self.column}, heures"


@dataclass(frozen=True, slots=True)
class HoursGrid(Component):
    """Inputs of hours by person and month. Totals are those known by the server; the script keeps them live.

    With one column it is the page of a firm on its phone: each person a line, one input. `focus` names the cell where
    typing begins.
    """

    template: ClassVar[str] = "hours_grid"
    caption: str
    columns: Sequence[str]
    rows: Sequence[GridRow]
    column_totals: Sequence[str] = ()
    total: str = ""
    focus: str = ""

    @property
    def single(self) -> bool:
        return len(self.columns) == 1

    @property
    def lines(self) -> list[tuple[GridRow, list[GridInput]]]:
        return [
            (
                row,
                [
                    GridInput(cell, month, row.label)
                    for cell, month in zip(row.cells, self.columns, strict=True)
                ],
            )
            for row in self.rows
        ]

    @property
    def foot(self) -> list[tuple[str, str]]:
        """(column, its total) for the last line."""
        totals = [*self.column_totals, *[""] * len(self.columns)][: len(self.columns)]
        return list(zip(self.columns, totals, strict=True))
