"""Lines of a workbook, fifty a page, with what is said of each; and all that is said, for the file given back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.imports.enums_takeover import LineFate, LineKind
from clausette.imports.models import TakeoverLine
from clausette.imports.queries.takeover.visible import lines_visible_to
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.records import from_json
from clausette.imports.takeover.stored import findings_from
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_hours, format_month


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line: where it is, what it says in a sentence, what is said of it."""

    uid: UUID
    kind: LineKind
    sheet: str
    line: int
    column: str
    title: str
    detail: str
    fate: LineFate
    findings: tuple[Finding, ...]
    options: tuple[dict[str, Any], ...]
    key: str
    written: bool


def list_lines(
    *,
    actor: Actor,
    batch_uid: UUID,
    fate: str = "",
    sheet: str = "",
    only: str = "",
    offset: int = 0,
    size: int = 50,
) -> tuple[tuple[ReadLine, ...], int]:
    """Return a page of lines in the order of the workbook, and how many there are: two queries.

    `fate`: a LineFate or « aside » (refused or waiting); `sheet`: one sheet; `only`: a code of finding.
    """
    rows = _filtered(lines_visible_to(actor).filter(batch__uid=batch_uid), fate, sheet, only)
    shown = rows.order_by("position")[offset : offset + size]
    return tuple(_read(row) for row in shown), rows.count()


def _filtered(rows: QuerySet[TakeoverLine], fate: str, sheet: str, only: str) -> QuerySet[TakeoverLine]:
    if fate == "aside":
        rows = rows.filter(fate__in=(LineFate.REFUSED, LineFate.WAITING))
    elif fate == "told":
        rows = rows.filter(told=True)
    elif fate:
        rows = rows.filter(fate=fate)
    if sheet:
        rows = rows.filter(sheet=sheet)
    return rows.filter(findings__contains=[{"code": only}]) if only else rows


def codes_said(*, actor: Actor, batch_uid: UUID) -> tuple[tuple[str, int], ...]:
    """Return each code said in a workbook and of how many lines, the most frequent first (one query)."""
    counts: dict[str, int] = defaultdict(int)
    rows = lines_visible_to(actor).filter(batch__uid=batch_uid, told=True).order_by("position")
    for found in rows.values_list("findings", flat=True):
        for code in {one["code"] for one in found}:
            counts[code] += 1
    return tuple(sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0])))


def said_of_lines(*, actor: Actor, batch_uid: UUID) -> dict[tuple[str, int], str]:
    """Return all that is said, by sheet and line, one sentence a line (one query)."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    rows = lines_visible_to(actor).filter(batch__uid=batch_uid, told=True).order_by("position")
    for sheet, line, findings in rows.values_list("sheet", "line", "findings"):
        for one in findings_from(findings):
            if one.text not in found[sheet, line]:
                found[sheet, line].append(one.text)
    return {place: "\n".join(texts) for place, texts in found.items()}


def _read(row: TakeoverLine) -> ReadLine:
    kind = LineKind(row.kind)
    title, detail = _words(kind, from_json(row.values))
    return ReadLine(
        row.uid,
        kind,
        row.sheet,
        row.line,
        row.column,
        title,
        detail,
        LineFate(row.fate),
        findings_from(row.findings),
        tuple(row.options),
        row.key,
        row.written,
    )


def _words(kind: LineKind, values: dict[str, Any]) -> tuple[str, str]:
    """What a line says: « Ines Lefranc », « École des Tilleuls, lot 1 · mars 2026 · 98,5 h »."""
    person = " ".join(str(values.get(code, "")) for code in ("first_name", "last_name")).strip()
    contract = str(values.get("contract_name") or values.get("contract_number") or "")
    if values.get("lot_number"):
        contract = f"{contract}, lot {values['lot_number']}"
    if kind is LineKind.CONTRACT:
        parts = [str(values.get("contractor_name", ""))]
        if "hours_minimum" in values:
            parts.append(f"{format_hours(values['hours_minimum'])} dues")
        return contract or "Marché sans nom", " · ".join(part for part in parts if part)
    if kind is LineKind.PERSON:
        born = values.get("birth_date")
        return person or "Personne sans nom", f"né(e) le {format_date(born)}" if born else ""
    if kind is LineKind.WORK:
        starts = values.get("work_starts_on")
        return person, " · ".join(
            part for part in (contract, f"depuis le {format_date(starts)}" if starts else "") if part
        )
    month, hours = values.get("month"), values.get("hours")
    said = [contract, format_month(month) if month else "", format_hours(hours) if hours is not None else ""]
    return person, " · ".join(part for part in said if part)
