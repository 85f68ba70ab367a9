"""From sheets and their plans to records with their findings; nothing is lost in silence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clausette.imports.takeover.extract.lines import Extractor
from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.reading import Workbook
from clausette.imports.takeover.records import Record

__all__ = ["Extract", "LineNote", "extract"]


@dataclass(frozen=True, slots=True)
class LineNote:
    """Something said of a line that brings no record (a total)."""

    sheet: str
    line: int
    finding: Finding


@dataclass(slots=True)
class Extract:
    """All the records of a workbook in its order, the notes, and the hours read whatever becomes of them."""

    records: list[Record] = field(default_factory=list)
    notes: list[LineNote] = field(default_factory=list)
    unreadable: int = 0
    hours: Decimal = Decimal(0)


def extract(
    workbook: Workbook,
    plans: Iterable[SheetPlan],
    *,
    publics: Mapping[str, str],
    masked: frozenset[tuple[str, int, int]] = frozenset(),
    step: Callable[[], None] = lambda: None,
) -> Extract:
    """Return the records of the sheets taken. `publics`: code → label; `masked`: cells emptied of a number.

    `step` is called once a line.
    """
    found = Extract()
    for plan in plans:
        sheet = workbook.sheet(plan.sheet)
        if sheet is None or plan.kind is SheetKind.IGNORED:
            continue
        one = Extractor(sheet, plan, publics, masked)
        one.run(step)
        found.records.extend(one.records)
        found.notes.extend(LineNote(sheet.name, line, finding) for line, finding in one.notes)
        found.unreadable += one.unreadable
        found.hours += one.total
    return found
