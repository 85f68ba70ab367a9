"""Sheets of a workbook to tables: columns found by their heading, cells read, what cannot be read told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clausette.imports.hours_book import cells
from clausette.imports.hours_book.cells import Unread, holds_nir, text_of
from clausette.imports.hours_book.remarks import Remarks
from clausette.imports.hours_book.sheets import TOLD, Column, Plan, Shape, plan_of
from clausette.imports.takeover.reading import RawBook, RawSheet
from clausette.kernel.text import search_key

Row = dict[str, Any]


@dataclass(slots=True)
class Table:
    """One sheet read. `columns`: values by code, None where empty; `faulty`: places of lines not to be used.

    `first`: number of the first line of data in the sheet.
    """

    plan: Plan
    first: int
    height: int = 0
    columns: dict[str, list[Any]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    faulty: set[int] = field(default_factory=set)
    blank: set[int] = field(default_factory=set)

    def values(self, code: str) -> Sequence[Any]:
        """The values of a column; all None when the sheet has no such column."""
        found = self.columns.get(code)
        return found if found is not None else [None] * self.height

    def number(self, place: int) -> int:
        """The number of a line in the sheet."""
        return self.first + place

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The lines that can be used: place, values by code."""
        codes = [column.code for column in self.plan.columns]
        for place, values in enumerate(zip(*(self.values(code) for code in codes), strict=True)):
            if place not in self.faulty and place not in self.blank:
                yield place, dict(zip(codes, values, strict=True))

    def used(self) -> int:
        """How many lines hold something."""
        return self.height - len(self.blank)


def tables_of(
    book: RawBook, reader: Callable[[bool], Callable[[Shape], cells.Column]], remarks: Remarks
) -> dict[str, Table]:
    """Return the tables of the sheets known, by name of their plan. `reader`: from « days count from 1904 »."""
    found: dict[str, Table] = {}
    for sheet in book.sheets:
        plan = plan_of(sheet.name)
        if plan is None or plan.name in found:
            why = "n'est pas connue" if plan is None else "est là deux fois : la première est lue"
            remarks.add(sheet.name, 1, "W215", f"La feuille « {sheet.name[:40]} » {why}.")
            _masked(sheet, range(len(sheet.columns)), remarks, 0)
            continue
        found[plan.name] = _table(sheet, plan, reader(sheet.date_1904), remarks)
    return found


def _table(sheet: RawSheet, plan: Plan, reader: Callable[[Shape], cells.Column], remarks: Remarks) -> Table:
    table = Table(plan, sheet.top + 2, max(0, sheet.height - 1))
    for at, column in enumerate(sheet.columns):
        heading = text_of(column[0])
        known = plan.column(heading)
        if known is None or known.code in table.columns:
            if heading and search_key(heading) != search_key(TOLD):
                _unknown(sheet, at, heading, remarks, twice=known is not None)
            _masked(sheet, (at,), remarks, 1)
            continue
        values = reader(known.shape)
        table.columns[known.code] = list(map(values.__getitem__, column[1:]))
        table.places[known.code] = sheet.left + at
        if values.faulty:
            _faults(table, known, remarks)
    _blanks(table, sheet)
    for one in plan.columns:
        if one.needed:
            _needed(table, one, remarks)
    return table


def _unknown(sheet: RawSheet, at: int, heading: str, remarks: Remarks, *, twice: bool) -> None:
    """A heading that says nothing: never shown when it is a number that is not kept."""
    shown = "…" if holds_nir(heading) else heading[:40]
    sentence = f"La colonne « {shown} » est là deux fois." if twice else f"La colonne « {shown} » n'est pas connue."
    remarks.add(sheet.name, sheet.top + 1, "W215", sentence, place=sheet.left + at, label=shown)


def _masked(sheet: RawSheet, columns: Sequence[int], remarks: Remarks, above: int) -> None:
    """Tell the social security numbers of columns that are not read. `above`: lines passed over."""
    for at in columns:
        for line, cell in enumerate(sheet.columns[at][above:], sheet.top + 1 + above):
            if cell and len(str(cell)) > 12 and holds_nir(text_of(cell)):
                remarks.add(sheet.name, line, "E203", cells.NIR.sentence, place=sheet.left + at)


def _faults(table: Table, column: Column, remarks: Remarks) -> None:
    for place, value in enumerate(table.columns[column.code]):
        if type(value) is Unread:
            table.faulty.add(place)
            table.columns[column.code][place] = None
            remarks.add(table.plan.name, table.number(place), value.code, value.sentence,
                        place=table.places[column.code], label=column.label, value=value.value)  # fmt: skip


def _blanks(table: Table, sheet: RawSheet) -> None:
    """Lines of which no cell holds anything."""
    suspects = set(range(table.height)) - table.faulty
    for column in sheet.columns:
        suspects = {place for place in suspects if column[place + 1] == ""}
        if not suspects:
            return
    table.blank = suspects


def _needed(table: Table, column: Column, remarks: Remarks) -> None:
    if column.code not in table.columns:
        if table.used():
            table.faulty.update(range(table.height))
            sentence = f"La colonne « {column.label} » est absente : aucune ligne de cette feuille ne peut être lue."
            remarks.add(table.plan.name, table.first - 1, "E202", sentence, label=column.label)
        return
    values = table.columns[column.code]
    if None not in values:
        return
    for place, value in enumerate(values):
        if value is None and place not in table.blank and place not in table.faulty:
            remarks.add(table.plan.name, table.number(place), "E202", f"« {column.label} » est vide.",
                        place=table.places[column.code], label=column.label)  # fmt: skip
    table.faulty.update(
        place for place, value in enumerate(values) if value is None and place not in table.blank
    )
