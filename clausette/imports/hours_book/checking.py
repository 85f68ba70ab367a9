"""A workbook controlled: read, put into facts, looked at by all the controls, each step timed."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from clausette.hours.rules.controls import ControlParams, Finding
from clausette.imports.hours_book import cells, sheets
from clausette.imports.hours_book.around import around_of
from clausette.imports.hours_book.controlled import Controlled
from clausette.imports.hours_book.facts import facts_of
from clausette.imports.hours_book.lines import lines_of
from clausette.imports.hours_book.remarks import Remark, Remarks
from clausette.imports.hours_book.tables import Table, tables_of
from clausette.imports.takeover.reading import RawBook, read_columns

MOST_LINES = 250_000
NO_HOURS = "Ce classeur n'a pas de feuille « Heures » : c'est elle qui porte les lignes à contrôler."


@dataclass(slots=True)
class Checked:
    """What is said of a workbook; `refusal`: why it cannot be read at all. `lines`: on the sheet « Heures ».

    `controlled`: its lines of hours, None when it is refused. `steps`: seconds of processor of each step, the reading
    process included.
    """

    book: RawBook = field(default_factory=RawBook)
    refusal: str = ""
    lines: int = 0
    hours: Decimal = Decimal(0)
    remarks: list[Remark] = field(default_factory=list)
    controlled: Controlled | None = None
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step, or one more part of it."""
        began = sum(os.times()[:4])
        yield
        self.steps[name] = self.steps.get(name, 0) + sum(os.times()[:4]) - began

    def walk(self) -> Iterator[tuple[int, list[Finding]]]:
        """Yield number and findings of the lines of which something is said, in the order of the sheet."""
        parts = self.controlled.walk() if self.controlled else iter(())
        while True:
            with self.step("control"):
                part = next(parts, None)
            if part is None:
                return
            yield from part

    @property
    def findings(self) -> dict[int, list[Finding]]:
        """All the findings by number of line: for a file of a few lines."""
        return dict(self.walk())


@dataclass(frozen=True, slots=True)
class Outside:
    """What a workbook does not say: today, the dated parameters of a day, the eligible publics (code → label)."""

    today: date
    values_on: Callable[[date], Mapping[str, Decimal]]
    publics: Mapping[str, str]


def check_book(data: bytes, outside: Outside, *, given_back: bool = True) -> Checked:
    """Return what is said of the bytes of an hours workbook. Never raises for what they hold.

    `given_back`: it will be written again with what is said; otherwise its cells are let go once read.
    """
    checked = Checked()
    with checked.step("read"):
        checked.book = read_columns(data, most_lines=MOST_LINES)
    return check_sheets(checked, outside, given_back=given_back)


def check_sheets(checked: Checked, outside: Outside, *, given_back: bool = True) -> Checked:
    """Control the sheets of a workbook once read."""
    checked.refusal = checked.book.refusal
    if not checked.refusal and not any(sheets.plan_of(one.name) is sheets.HOURS for one in checked.book.sheets):
        checked.refusal = NO_HOURS
    if checked.refusal:
        return checked
    remarks = Remarks()
    with checked.step("cells"):
        tables = tables_of(
            checked.book, lambda from_1904: cells.columns_for(outside.publics, from_1904=from_1904), remarks
        )
        if not given_back:
            checked.book = replace(checked.book, sheets=())
    with checked.step("facts"):
        params = _params(tables, outside, remarks)
        around = around_of(tables, remarks)
        read = lines_of(tables, around, remarks)
        tables.clear()
        facts = facts_of(read.kept, around)
    checked.lines = read.given
    checked.hours = sum((line.hours for line in read.kept if line.subject), Decimal(0))
    checked.remarks = remarks.said
    numbers = [line.number for line in read.kept]
    read.kept.clear()
    with checked.step("control"):
        checked.controlled = Controlled(facts, numbers, params)
    return checked


def _params(tables: Mapping[str, Table], outside: Outside, remarks: Remarks) -> ControlParams:
    """The values of the day told by the file; of today when they are not known that day."""
    table = tables.get(sheets.CONTROL.name)
    said = table.values("on") if table else ()
    for place, on in enumerate(said):
        if table is None or on is None:
            continue
        try:
            return ControlParams.of(on, outside.values_on(on))
        except KeyError:
            sentence = "Les valeurs des contrôles ne sont pas connues ce jour-là : celles d'aujourd'hui sont prises."
            remarks.add(sheets.CONTROL.name, table.number(place), "E201", sentence, label="Contrôlé le")
    return ControlParams.of(outside.today, outside.values_on(outside.today))
