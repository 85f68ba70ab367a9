"""A grid on screen: the component, the hidden inputs that go with it, the boxes « aucune heure ce mois-ci »."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.queries import Cell, Grid, GridLine, WholeHours
from clausette.kernel.french import format_hours, format_month, plural
from clausette.web.components.grid import GridCell, GridRow, HoursGrid
from clausette.web.hours.forms.cells import Typed, as_text, nil_name, version_name

ZERO = Decimal(0)
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Box:
    """One box « aucune heure ce mois-ci »."""

    name: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All that a page with a grid shows of it. `shown_before`: what the cells held, to know what was changed."""

    grid: HoursGrid
    hidden: Mapping[str, str] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    open_cells: int = 0


def short_month(month: date) -> str:
    """« oct. 2026 »: a column of the grid has little room."""
    return f"{SHORT[month.month - 1]} {month.year}"


def board(
    grid: Grid, caption: str, *, typed: Typed | None = None, details: Mapping[str, str], long: bool = False,
    begin: bool = False, whole: Sequence[WholeHours] = (),
) -> Board:  # fmt: skip
    """Make the board of a grid; `typed` keeps what was sent and its refusals; `details`: second line by key.

    `begin`: the first cell of the first month not known yet takes the focus: its hours are typed at once. `whole`: the
    hours without names of the only month shown, which count in its total.
    """
    sent = typed or Typed()
    columns = [format_month(m) if long else short_month(m) for m in grid.months]
    rows = [_row(line, sent, details) for line in grid.lines]
    rows += [_whole_row(rank, one) for rank, one in enumerate(whole)]
    totals = [_sum([line.cells[n] for line in grid.lines]) for n in range(len(grid.months))]
    totals[0] += sum((one.hours for one in whole), ZERO)
    return Board(
        grid=HoursGrid(
            caption, columns, rows, [format_hours(total) for total in totals], format_hours(sum(totals, ZERO)),
            focus=_first_unknown(grid) if begin else "",
        ),
        hidden=_hidden(grid),
        boxes=tuple(_boxes(grid, sent)),
        open_cells=sum(1 for line in grid.lines for cell in line.cells if not cell.locked),
    )


def _first_unknown(grid: Grid) -> str:
    """The name of the first cell to fill, "" when every month is known."""
    for rank, month in enumerate(grid.months):
        for line in grid.lines:
            cell = line.cells[rank]
            held = grid.statements.get((cell.declarant_uid, month))
            if not cell.locked and cell.hours is None and not (held and held.is_nil):
                return cell.name
    return ""


def line_key(line: GridLine) -> str:
    """What a line is known by in `details`."""
    return f"{line.worker.placement_uid}|{line.worker.commitment_uid}|{line.kind}"


def _row(line: GridLine, typed: Typed, details: Mapping[str, str]) -> GridRow:
    cells = [
        GridCell(
            cell.name,
            typed.texts.get(cell.name, as_text(cell.hours)),
            typed.errors.get(cell.name, ""),
            cell.locked,
        )
        for cell in line.cells
    ]
    detail = details.get(line_key(line), "")
    if told := HoursKind(line.kind).aside:
        detail = f"{told} · {detail}" if detail else told
    return GridRow(line.worker.name, cells, detail, format_hours(_sum(line.cells)))


def _whole_row(rank: int, whole: WholeHours) -> GridRow:
    people = plural(whole.people, "personne")
    detail = f"{whole.kind.aside} · {people}" if whole.kind.aside else people
    cell = GridCell(f"ensemble-{rank}", as_text(whole.hours), locked="attestées sans les noms")
    return GridRow("Heures non nominatives", [cell], detail, format_hours(whole.hours))


def _sum(cells: list[Cell] | tuple[Cell, ...]) -> Decimal:
    return sum((cell.hours or ZERO for cell in cells), ZERO)


def _hidden(grid: Grid) -> dict[str, str]:
    seen = {
        name: as_text(cell.hours) for name, (_, cell) in grid.cells.items() if not cell.locked and cell.hours
    }
    versions = {
        version_name(*key): str(statement.version)
        for key, statement in grid.statements.items()
        if statement.state != StatementState.VALIDATED
    }
    return {"vu": json.dumps(seen, separators=(",", ":")), **versions}


def _boxes(grid: Grid, typed: Typed) -> list[Box]:
    """One box for each declarant and month that is open and without hours."""
    open_months: dict[tuple[UUID, date], bool] = {}
    for line in grid.lines:
        for cell in line.cells:
            if not cell.locked:
                key = (cell.declarant_uid, cell.month)
                open_months[key] = open_months.get(key, True) and not cell.hours
    names = dict(grid.declarants)
    boxes = []
    for (declarant, month), empty in sorted(
        open_months.items(), key=lambda item: (item[0][1], names.get(item[0][0], ""))
    ):
        held = grid.statements.get((declarant, month))
        if empty:
            checked = typed.nil.get((declarant, month), held.is_nil if held else False)
            boxes.append(
                Box(nil_name(declarant, month), f"{names.get(declarant, '')}, {format_month(month)}", checked)
            )
    return boxes
