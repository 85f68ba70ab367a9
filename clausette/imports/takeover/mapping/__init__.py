"""From headings and contents to what each column is, with how sure we are; a person corrects it."""

from collections.abc import Mapping

from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.mapping.columns import guess_columns
from clausette.imports.takeover.mapping.headings import Heading, find_heading
from clausette.imports.takeover.mapping.kinds import kind_of
from clausette.imports.takeover.mapping.plans import ColumnPlan, SheetPlan, plan_from, plan_to, structure_of
from clausette.imports.takeover.reading import Sheet, Workbook

__all__ = ["ColumnPlan", "SheetPlan", "plan_from", "plan_of", "plan_to", "propose", "samples", "structure_of"]

KEEP_SAMPLES, LOOK_FOR_SAMPLES = 3, 1000


def propose(
    workbook: Workbook, kept: Mapping[str, Mapping[str, object]] | None = None
) -> tuple[SheetPlan, ...]:
    """Return a plan for each sheet that holds something; `kept`: former answers by structure, taken first."""
    found = []
    for sheet in workbook.sheets:
        if not sheet.lines:
            continue
        plan = plan_of(sheet)
        former = (kept or {}).get(structure_of(plan))
        found.append(plan_from(plan, former) if former else plan)
    return tuple(found)


def plan_of(sheet: Sheet) -> SheetPlan:
    """Guess what one sheet is, and each of its columns."""
    heading = find_heading(sheet)
    if heading is None:
        return SheetPlan(sheet.name, SheetKind.IGNORED, 0, ())
    kind = SheetKind.IGNORED if sheet.hidden else kind_of(sheet.name, heading)
    guesses = guess_columns(sheet, heading, kind)
    columns = tuple(
        ColumnPlan(place, text, *guesses.get(place, ("", 0)), samples(sheet, heading, place))
        for place, text in heading.texts.items()
    )
    if not any(column.field for column in columns):
        kind = SheetKind.IGNORED
    return SheetPlan(sheet.name, kind, heading.line, columns)


def samples(sheet: Sheet, heading: Heading, place: int) -> tuple[str, ...]:
    """Return the first different values of a column, for the person who looks at it.

    Looked for in the first lines: a column of a large file often says one thing.
    """
    found: list[str] = []
    for value in (line.cell(place) for line in sheet.below(heading.line, LOOK_FOR_SAMPLES)):
        if value and value not in found:
            found.append(value[:40])
        if len(found) == KEEP_SAMPLES:
            break
    return tuple(found)
