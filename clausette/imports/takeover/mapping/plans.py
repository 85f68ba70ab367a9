"""The plan of a sheet: its kind, the line of its headings, what each column is. Kept, and found again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from clausette.imports.takeover.fields import BY_CODE, MONTH, OPENING, SheetKind
from clausette.kernel.text import search_key


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: its place (from 0), heading, field (« » = not taken), how sure (0–100), examples of its content."""

    place: int
    heading: str
    field: str = ""
    confidence: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What one sheet is. `heading_line`: number of the last line of headings, 0 when none was found."""

    sheet: str
    kind: SheetKind
    heading_line: int
    columns: tuple[ColumnPlan, ...]

    def places(self) -> dict[str, int]:
        """Where each field is."""
        return {column.field: column.place for column in self.columns if column.field}

    def heading_of(self, place: int) -> str:
        """The heading of a column."""
        return next((column.heading for column in self.columns if column.place == place), "")


def is_field(code: str) -> bool:
    """Say whether a text names a field, a month or a year of the opening balance."""
    if code.startswith(MONTH):
        year, _, month = code.removeprefix(MONTH).partition("-")
        return len(year) == 4 and year.isdigit() and month in {f"{n:02d}" for n in range(1, 13)}
    if code.startswith(OPENING):
        year = code.removeprefix(OPENING)
        return len(year) == 4 and year.isdigit()
    return code in BY_CODE


def structure_of(plan: SheetPlan) -> str:
    """Return the fingerprint of a structure: its headings in order, whatever the name of the sheet and its dates."""
    heads = [[column.place, search_key(column.heading)] for column in plan.columns]
    return sha256(json.dumps(heads).encode()).hexdigest()


def plan_to(plan: SheetPlan) -> dict[str, Any]:
    """The answers of a plan, as kept: kind and fields by place."""
    return {
        "kind": plan.kind.value,
        "columns": {str(column.place): column.field for column in plan.columns if column.field},
    }


def plan_from(plan: SheetPlan, kept: Mapping[str, Any]) -> SheetPlan:
    """The same plan with former answers: sure of each, whatever was guessed."""
    fields = {int(place): str(code) for place, code in dict(kept["columns"]).items() if is_field(str(code))}
    columns = tuple(
        replace(column, field=fields.get(column.place, ""), confidence=100 if column.place in fields else 0)
        for column in plan.columns
    )
    return replace(plan, kind=SheetKind(kept["kind"]), columns=columns)
