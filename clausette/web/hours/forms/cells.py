"""The cells of the grid and of the firm's month: read as text, kept as typed, turned into sheets of entries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.operations import Entry, Sheet
from clausette.hours.queries import Cell, Grid
from clausette.kernel.parsing import parse_hours

OPEN = (StatementState.DRAFT, StatementState.RETURNED)


def as_text(hours: Decimal | None) -> str:
    """Return « 121,5 »: what the cell of these hours shows."""
    return "" if hours is None else f"{hours:f}".rstrip("0").rstrip(".").replace(".", ",")


def version_name(declarant: UUID, month: date) -> str:
    """Name of the hidden input that says which version of a statement is on screen."""
    return f"version-{declarant.hex}-{month:%Y%m}"


def nil_name(declarant: UUID, month: date) -> str:
    """Name of the box « aucune heure ce mois-ci »."""
    return f"nil-{declarant.hex}-{month:%Y%m}"


@dataclass(slots=True)
class Typed:
    """What was sent: the text of each cell, its refusal, and what it says of each statement."""

    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    versions: dict[tuple[UUID, date], int | None] = field(default_factory=dict)
    nil: dict[tuple[UUID, date], bool] = field(default_factory=dict)


def _seen(data: QueryDict) -> dict[str, str]:
    """The texts that the page showed; an abused value is as if nothing had been shown."""
    try:
        found = json.loads(data.get("vu", "{}"))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def read_cells(data: QueryDict, grid: Grid) -> Typed:
    """Read what was sent for the open cells of the grid."""
    typed, seen = Typed(), _seen(data)
    for name, (line, cell) in grid.cells.items():
        if cell.locked or name not in data:
            continue
        text = str(data[name]).strip()
        typed.texts[name] = str(data[name])[:40]
        hours: Decimal | None = None
        if text:
            try:
                hours = parse_hours(text)
            except ValueError as error:
                typed.errors[name] = str(error)
        if text != seen.get(name, ""):
            typed.changed.add(name)
        typed.entries[name] = Entry(line.worker.placement_uid, line.worker.commitment_uid, hours, line.kind)
        _read_statement(data, typed, cell)
    return typed


def _read_statement(data: QueryDict, typed: Typed, cell: Cell) -> None:
    key = (cell.declarant_uid, cell.month)
    if key in typed.versions:
        return
    raw = data.get(version_name(*key), "")
    typed.versions[key] = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 8 else None
    if nil_name(*key) in data or f"{nil_name(*key)}-vu" in data:
        typed.nil[key] = nil_name(*key) in data


def sheets_of(typed: Typed, grid: Grid, *, submit: bool) -> list[Sheet]:
    """Return what is to be written: statements in which something changed, and the drafts when all is handed over."""
    by_statement: dict[tuple[UUID, date], list[str]] = {}
    for name in typed.entries:
        _, cell = grid.cells[name]
        by_statement.setdefault((cell.declarant_uid, cell.month), []).append(name)
    sheets = []
    for key, names in by_statement.items():
        held = grid.statements.get(key)
        was_nil = held.is_nil if held else False
        changed = [typed.entries[name] for name in names if name in typed.changed]
        nil = typed.nil.get(key, was_nil and not any(entry.hours for entry in changed))
        draft = submit and held is not None and held.state in OPEN
        if changed or nil != was_nil or draft:
            version = typed.versions.get(key)
            sheets.append(Sheet(key[0], key[1], version if held or version else None, tuple(changed), nil))
    return sheets


def beside(
    typed: Typed, hours: Mapping[tuple[UUID, UUID, HoursKind], Decimal], grid: Grid, month: date
) -> dict[str, str]:
    """Return, for the cells of a month where what was typed differs from what is written, the sentence that says so."""
    told = {}
    for name, entry in typed.entries.items():
        _, cell = grid.cells[name]
        theirs = hours.get(entry.key)
        if cell.month == month and name in typed.changed and theirs != (entry.hours or None):
            told[name] = (
                f"Enregistré entre-temps : {as_text(theirs)} h."
                if theirs
                else "Enregistré entre-temps : rien."
            )
    return told
