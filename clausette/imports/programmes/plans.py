"""What the columns of a programme are: guessed, taken from the last programme of the buyer, kept, and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clausette.imports.programmes.fields import BY_CODE, FIELDS, is_field
from clausette.imports.programmes.results import SheetPlan
from clausette.imports.takeover.mapping import ColumnPlan, samples
from clausette.imports.takeover.mapping.columns import LEAST, LOOK_AT, assign, weighed
from clausette.imports.takeover.mapping.headings import Heading, find_heading
from clausette.imports.takeover.mapping.kinds import HELP
from clausette.imports.takeover.mapping.matching import key_of, likeness
from clausette.imports.takeover.reading import Sheet, Workbook
from clausette.kernel.text import search_key

SURE = 70
FEWEST = 1.4  # an object and one more column


def propose(workbook: Workbook, former: Mapping[str, str] | None = None) -> tuple[SheetPlan, ...]:
    """Return a plan for each sheet that holds something. `former`: what the buyer's headings were, by their key."""
    plans = [_plan(sheet, former or {}) for sheet in workbook.sheets if sheet.lines]
    if not any(plan.taken for plan in plans):  # nothing is recognised: a person says the columns of the first one
        hidden = {sheet.name for sheet in workbook.sheets if sheet.hidden}
        first = next((plan for plan in plans if plan.columns and plan.sheet not in hidden), None)
        plans = [replace(plan, taken=plan is first) for plan in plans]
    return tuple(plans)


def _plan(sheet: Sheet, former: Mapping[str, str]) -> SheetPlan:
    heading = find_heading(sheet, FIELDS, FEWEST) or _first_line(sheet)
    if heading is None:
        return SheetPlan(sheet.name, False, 0, ())
    guesses = _remembered(heading, former) or _guessed(sheet, heading)
    columns = tuple(
        ColumnPlan(place, text, *guesses.get(place, ("", 0)), samples(sheet, heading, place))
        for place, text in heading.texts.items()
    )
    helps = search_key(sheet.name) in HELP
    named = any(column.field == "title" for column in columns)
    return SheetPlan(sheet.name, named and not sheet.hidden and not helps, heading.line, columns)


def _first_line(sheet: Sheet) -> Heading | None:
    """The first line with two cells, when no heading is recognised."""
    for line in sheet.lines:
        texts = {place: cell[:200] for place, cell in enumerate(line.cells) if cell}
        if len(texts) > 1:
            return Heading(line.number, texts)
    return None


def _remembered(heading: Heading, former: Mapping[str, str]) -> dict[int, tuple[str, int]]:
    """The columns as the buyer's last programme had them, when it named the object among these headings."""
    found: dict[int, tuple[str, int]] = {}
    for place, text in heading.texts.items():
        code = former.get(key_of(text), "")
        if is_field(code) and code not in {known for known, _ in found.values()}:
            found[place] = (code, 100)
    if not any(code == "title" for code, _ in found.values()):
        return {}
    return found


def _guessed(sheet: Sheet, heading: Heading) -> dict[int, tuple[str, int]]:
    lines = sheet.below(heading.line, LOOK_AT)
    scored = []
    for place, text in heading.texts.items():
        values = [line.cell(place) for line in lines]
        for field in FIELDS:
            near = likeness(text, field)
            score = weighed(near, values, field) if near >= LEAST else 0
            if score >= LEAST:
                scored.append((score, place, field.code))
    found: dict[int, tuple[str, int]] = {}
    assign(scored, found)
    return found


def former_of(kept: Mapping[str, Any]) -> dict[str, str]:
    """What the headings of a programme kept were, by their key: proposed for the buyer's next one."""
    return {
        key_of(heading): code
        for plan in kept.get("sheets", ())
        if plan["taken"]
        for _, heading, code, _, _ in plan["columns"]
        if code
    }


def plans_to(plans: Iterable[SheetPlan]) -> list[dict[str, Any]]:
    """Plans as kept with the programme."""
    return [
        {
            "sheet": plan.sheet,
            "taken": plan.taken,
            "heading_line": plan.heading_line,
            "columns": [
                [one.place, one.heading, one.field, one.confidence, list(one.samples)] for one in plan.columns
            ],
        }
        for plan in plans
    ]


def plans_from(kept: Iterable[Mapping[str, Any]]) -> tuple[SheetPlan, ...]:
    """Plans of a programme kept."""
    return tuple(
        SheetPlan(
            one["sheet"],
            one["taken"],
            one["heading_line"],
            tuple(
                ColumnPlan(place, heading, code, sure, tuple(seen))
                for place, heading, code, sure, seen in one["columns"]
            ),
        )
        for one in kept
    )


def answered(plan: SheetPlan, *, taken: bool, fields: Mapping[int, str]) -> SheetPlan:
    """The same plan as a person says it: the field of each column by its place."""
    columns = tuple(
        replace(
            one,
            field=code if is_field(code := fields.get(one.place, "")) else "",
            confidence=100 if fields.get(one.place) else 0,
        )
        for one in plan.columns
    )
    return replace(plan, taken=taken, columns=columns)


def refusals(plans: Iterable[SheetPlan]) -> dict[str, str]:
    """Return, by sheet, why its lines cannot be read; {} when they can."""
    plans, found = list(plans), {}
    for plan in plans:
        codes = [column.field for column in plan.columns if column.field]
        doubled = next((code for code in codes if codes.count(code) > 1), "")
        if plan.taken and doubled:
            found[plan.sheet] = f"Deux colonnes sont « {BY_CODE[doubled].label} » : gardez-en une."
        elif plan.taken and "title" not in codes:
            found[plan.sheet] = "Dites quelle colonne donne l'objet de l'achat."
    if plans and not any(plan.taken for plan in plans):
        found[plans[0].sheet] = "Aucune feuille n'est lue : prenez au moins celle des achats."
    return found


def is_sure(plans: Iterable[SheetPlan]) -> bool:
    """Whether the columns need no look: nothing is missing, and what was guessed is sure."""
    plans = list(plans)
    return not refusals(plans) and all(
        one.confidence >= SURE for plan in plans if plan.taken for one in plan.columns if one.field
    )
