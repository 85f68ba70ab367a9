"""What the columns of a file of hours are: guessed, taken from the sender's last file, said by a person, kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any

from clausette.imports.hours_files.fields import BY_CODE, FIELDS, is_field, label_of
from clausette.imports.takeover.fields import MONTH
from clausette.imports.takeover.mapping import ColumnPlan, samples
from clausette.imports.takeover.mapping.columns import LEAST, LOOK_AT, assign, weighed
from clausette.imports.takeover.mapping.headings import Heading, find_heading
from clausette.imports.takeover.mapping.kinds import HELP
from clausette.imports.takeover.mapping.matching import key_of, likeness, month_of
from clausette.imports.takeover.reading import Sheet, Workbook
from clausette.kernel.text import search_key

SURE = 70
FEWEST = 1.4
MANY_DAYS = 10
DAILY = (
    "Cette feuille a une colonne par jour : envoyez une ligne par personne et par mois, ou une colonne par mois."
)
_DAY = re.compile(r"(?:(?:lu|ma|me|je|ve|sa|di)[a-z]* ?)?(?:0?[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """What one sheet is. `month`: of all its lines, when no column says it. `refusal`: why it cannot be read."""

    sheet: str
    taken: bool
    heading_line: int
    columns: tuple[ColumnPlan, ...]
    month: date | None = None
    refusal: str = ""

    def places(self) -> dict[str, int]:
        """Where each field is."""
        return {column.field: column.place for column in self.columns if column.field}

    @property
    def wide(self) -> bool:
        """True when it has one column a month."""
        return any(column.field.startswith(MONTH) for column in self.columns)


def propose(workbook: Workbook, former: Mapping[str, str]) -> tuple[HoursPlan, ...]:
    """Return a plan for each sheet that holds something. `former`: what the sender's headings were, by their key."""
    plans = [_plan(sheet, former) for sheet in workbook.sheets if sheet.lines]
    if not any(plan.taken or plan.refusal for plan in plans):  # a person says the columns of the first one
        hidden = {sheet.name for sheet in workbook.sheets if sheet.hidden}
        first = next((plan for plan in plans if plan.columns and plan.sheet not in hidden), None)
        plans = [replace(plan, taken=plan is first) for plan in plans]
    return tuple(plans)


def _plan(sheet: Sheet, former: Mapping[str, str]) -> HoursPlan:
    heading = find_heading(sheet, FIELDS, FEWEST) or _first_line(sheet)
    if heading is None:
        return HoursPlan(sheet.name, False, 0, ())
    guesses = _remembered(heading, former) or _guessed(sheet, heading)
    columns = tuple(
        ColumnPlan(place, text, *guesses.get(place, ("", 0)), samples(sheet, heading, place))
        for place, text in heading.texts.items()
    )
    refusal = DAILY if _daily(heading) else ""
    fields = {column.field for column in columns if column.field}
    person = bool(fields & {"last_name", "full_name", "staff_number"})
    hours = bool(fields & {"hours", "training"}) or any(code.startswith(MONTH) for code in fields)
    taken = person and hours and not sheet.hidden and not refusal and search_key(sheet.name) not in HELP
    return HoursPlan(sheet.name, taken, heading.line, columns, _month_around(sheet, heading), refusal)


def _daily(heading: Heading) -> bool:
    """Whether the columns are the days of a month."""
    texts = [search_key(text) for text in heading.texts.values()]
    if sum(bool(_DAY.fullmatch(text)) for text in texts) >= MANY_DAYS:
        return True
    days = [text for text in heading.texts.values() if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text)]
    return len(days) - len({day[:7] for day in days}) >= MANY_DAYS


def _month_around(sheet: Sheet, heading: Heading) -> date | None:
    """The month that the titles above the headings, or the name of the sheet, tell alone."""
    titles = takewhile(lambda line: line.number < heading.line, sheet.lines)
    above = [cell for line in titles for cell in line.cells if cell]
    months = {found for text in (*above[:40], sheet.name) if (found := _month_in(text))}
    return months.pop() if len(months) == 1 else None


def _month_in(text: str) -> date | None:
    bare = re.sub(r"(?i)\b(?:p[ée]riode|relev[ée]s?|d'|de|du|mois|paie|heures?|etat|état|:)", " ", text)
    return month_of(text) or month_of(" ".join(bare.replace(":", " ").split()))


def _first_line(sheet: Sheet) -> Heading | None:
    for line in sheet.lines:
        texts = {place: cell[:200] for place, cell in enumerate(line.cells) if cell}
        if len(texts) > 1:
            return Heading(line.number, texts)
    return None


def _remembered(heading: Heading, former: Mapping[str, str]) -> dict[int, tuple[str, int]]:
    """The columns as the sender's last file had them, when all these headings were known; months tell themselves."""
    found: dict[int, tuple[str, int]] = {}
    for place, text in heading.texts.items():
        month = month_of(text)
        code = f"{MONTH}{month:%Y-%m}" if month else former.get(key_of(text), None)
        if code is None:
            return {}
        if code and is_field(code) and code not in {known for known, _ in found.values()}:
            found[place] = (code, 100)
    return found


def _guessed(sheet: Sheet, heading: Heading) -> dict[int, tuple[str, int]]:
    lines = sheet.below(heading.line, LOOK_AT)
    found: dict[int, tuple[str, int]] = {}
    scored = []
    for place, text in heading.texts.items():
        if month := month_of(text):
            found[place] = (f"{MONTH}{month:%Y-%m}", 95)
            continue
        values = [line.cell(place) for line in lines]
        for field in FIELDS:
            near = likeness(text, field)
            score = weighed(near, values, field) if near >= LEAST else 0
            if score >= LEAST:
                scored.append((score, place, field.code))
    assign(scored, found)
    if any(code.startswith(MONTH) for code, _ in found.values()):  # « Heures » beside them is their sum
        found = {place: one for place, one in found.items() if one[0] not in ("hours", "month", "year", "worked_total")}
    return found


def remembered(plans: Iterable[HoursPlan], former: Mapping[str, str]) -> dict[str, str]:
    """What is kept of the columns for the sender's next file: by heading, « » for one that is not taken."""
    kept = dict(former)
    for plan in plans:
        if plan.taken:
            kept |= {key_of(one.heading): one.field for one in plan.columns if not month_of(one.heading)}
    return kept


def answered(plan: HoursPlan, *, taken: bool, fields: Mapping[int, str], month: date | None) -> HoursPlan:
    """The same plan as a person says it: the field of each column by its place, the month when no column says it."""
    columns = tuple(
        replace(
            one,
            field=code if is_field(code := fields.get(one.place, "")) else "",
            confidence=100 if fields.get(one.place) else 0,
        )
        for one in plan.columns
    )
    return replace(plan, taken=taken and not plan.refusal, columns=columns, month=month)


def refusals(plans: Iterable[HoursPlan]) -> dict[str, str]:
    """Return, by sheet, why its lines cannot be read; {} when they can."""
    plans, found = list(plans), {}
    taken = [plan for plan in plans if plan.taken]
    if not taken:
        first = plans[0] if plans else None
        name = first.sheet if first else ""
        told = "Choisissez au moins une feuille à lire."
        return {name: next((plan.refusal for plan in plans if plan.refusal), told)}
    for plan in taken:
        said = missing(plan)
        if said:
            found[plan.sheet] = f"Il manque {' et '.join(said)}."
        codes = [column.field for column in plan.columns if column.field]
        twice = [label_of(code) for code in dict.fromkeys(codes) if codes.count(code) > 1]
        if twice:
            found[plan.sheet] = f"Deux colonnes disent « {twice[0]} » : gardez-en une."
    return found


def missing(plan: HoursPlan) -> list[str]:
    """Return, in French, what the lines of a sheet cannot do without."""
    codes = set(plan.places())
    found = []
    if not codes & {"full_name", "staff_number"} and not {"last_name", "first_name"} <= codes:
        found.append("la personne (nom et prénom, ou matricule)")
    if not plan.wide and not codes & {"hours", "training"}:
        found.append("les heures")
    if not plan.wide and not codes & {"month", "starts_on"} and plan.month is None:
        found.append("le mois (une colonne, ou celui de toute la feuille)")
    return found


def is_sure(plans: Iterable[HoursPlan]) -> bool:
    """Say whether the lines may be read without asking anybody."""
    taken = [plan for plan in plans if plan.taken]
    return bool(taken) and not refusals(taken) and all(
        column.confidence >= SURE for plan in taken for column in plan.columns if column.field in _TELLING
    )  # fmt: skip


_TELLING = frozenset(BY_CODE) - {"year", "worked_total", "staff_number"}


def plans_to(plans: Iterable[HoursPlan]) -> list[dict[str, Any]]:
    """Plans as kept with the batch."""
    return [
        {
            "sheet": plan.sheet, "taken": plan.taken, "heading_line": plan.heading_line, "refusal": plan.refusal,
            "month": plan.month.isoformat() if plan.month else "",
            "columns": [
                [one.place, one.heading, one.field, one.confidence, list(one.samples)] for one in plan.columns
            ],
        }
        for plan in plans
    ]  # fmt: skip


def plans_from(kept: Iterable[Mapping[str, Any]]) -> tuple[HoursPlan, ...]:
    """Plans of a batch."""
    return tuple(
        HoursPlan(
            one["sheet"], one["taken"], one["heading_line"],
            tuple(
                ColumnPlan(place, heading, code, sure, tuple(seen))
                for place, heading, code, sure, seen in one["columns"]
            ),
            date.fromisoformat(one["month"]) if one["month"] else None, one["refusal"],
        )
        for one in kept
    )  # fmt: skip
