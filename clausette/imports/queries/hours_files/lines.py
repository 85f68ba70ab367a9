"""Lines of a file of hours, fifty a page, with what is said of each; and all that is said, for the file given back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from clausette.imports.enums_hours import HoursFate, HoursFileState, MatchSure
from clausette.imports.hours_files.plans import plans_from
from clausette.imports.hours_files.returned import returned_workbook
from clausette.imports.models import HoursFileLine
from clausette.imports.queries.hours_files.batches import TO_WRITE
from clausette.imports.queries.hours_files.files import workbook_of_hours
from clausette.imports.queries.hours_files.held import posts_of
from clausette.imports.queries.hours_files.visible import hours_file_lines_visible_to, hours_files_visible_to
from clausette.imports.queries.takeover.files import GivenFile
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.stored import findings_from
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class HoursLineRead:
    """One line: where it is, who and where it speaks of, what is said of it."""

    uid: UUID
    sheet: str
    line: int
    column: str
    name: str
    place: str
    month: date | None
    hours: Decimal | None
    held: Decimal | None
    sure: MatchSure
    fate: HoursFate
    findings: tuple[Finding, ...]
    options: tuple[Mapping[str, str], ...]
    written: bool
    subject: tuple[str, str]


def list_hours_lines(
    *, actor: Actor, batch_uid: UUID, fates: Collection[HoursFate] = (), told: bool = False, only: str = "",
    offset: int = 0, size: int = 50,
) -> tuple[tuple[HoursLineRead, ...], int]:  # fmt: skip
    """Return a page of lines in the order of the file, and how many there are: two queries. `only`: a code."""
    rows = _of(actor, batch_uid, fates)
    if told:
        rows = rows.filter(told=True)
    if only:
        rows = rows.filter(findings__contains=[{"code": only}])
    shown = rows.order_by("position")[offset : offset + size]
    return tuple(_read(row) for row in shown), rows.count()


def _of(actor: Actor, batch_uid: UUID, fates: Collection[HoursFate]) -> QuerySet[HoursFileLine]:
    rows = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid).annotate(whole=F("batch__state"))
    return rows.filter(fate__in=list(fates)) if fates else rows


def hours_codes_said(*, actor: Actor, batch_uid: UUID) -> tuple[tuple[str, int], ...]:
    """Return each code said in a file and of how many lines, by code (one query)."""
    counts: dict[str, int] = defaultdict(int)
    rows = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid, told=True).order_by("position")
    for found in rows.values_list("findings", flat=True):
        for code in {one["code"] for one in found}:
            counts[code] += 1
    return tuple(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class SubjectToMatch:
    """A person and a place as the file writes them, with the posts they may mean."""

    line_uid: UUID
    name: str
    place: str
    lines: int
    hours: Decimal
    sure: MatchSure
    told: str
    options: tuple[Mapping[str, str], ...]


def subjects_to_match(*, actor: Actor, batch_uid: UUID) -> tuple[SubjectToMatch, ...]:
    """Return what a person must say, once for all the lines that write the same (one query)."""
    rows = _of(actor, batch_uid, (HoursFate.ASK, HoursFate.UNMATCHED)).exclude(options=[]).order_by("position")
    groups: dict[tuple[str, str], list[HoursFileLine]] = defaultdict(list)
    for row in rows:
        groups[row.person_key, row.place_key].append(row)
    found = []
    for group in groups.values():
        first = _read(group[0])
        options = {one["token"]: one for row in group for one in row.options}
        hours = sum((row.hours or Decimal(0) for row in group), Decimal(0))
        told = first.findings[0].sentence if first.findings else ""
        found.append(
            SubjectToMatch(first.uid, first.name, first.place, len(group), hours, first.sure, told,
                           tuple(options.values()))
        )  # fmt: skip
    return tuple(found)


def line_to_match(*, actor: Actor, batch_uid: UUID, line_uid: UUID) -> SubjectToMatch:
    """Return one line with all the posts of its declarant, by name (three queries). Raises Absent."""
    row = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid, uid=line_uid).select_related("batch").first()
    if row is None or row.fate not in (HoursFate.ASK, HoursFate.UNMATCHED):
        raise Absent("imports.HoursFileLine")
    posts = sorted(posts_of(actor, row.batch.declarant_id), key=lambda post: (post.name.casefold(), post.where))
    options = tuple({"token": post.token, "name": post.name, "where": post.where} for post in posts)
    read = _read(row)
    same = _of(actor, batch_uid, ()).filter(person_key=row.person_key, place_key=row.place_key)
    hours = sum((one or Decimal(0) for one in same.order_by("position").values_list("hours", flat=True)), Decimal(0))
    told = read.findings[0].sentence if read.findings else ""
    return SubjectToMatch(read.uid, read.name, read.place, same.count(), hours, read.sure, told, options)


def _read(row: HoursFileLine) -> HoursLineRead:
    """A line, with the state of its file (`whole`): once it is imported, the lines to write are those it wrote."""
    name, place = _words(row.values)
    written = getattr(row, "whole", "") == HoursFileState.APPLIED and row.fate in TO_WRITE
    return HoursLineRead(
        row.uid, row.sheet, row.line, row.column, name, place, row.month, row.hours, row.held, MatchSure(row.sure),
        HoursFate(row.fate), findings_from(row.findings), tuple(row.options), written,
        (row.person_key, row.place_key),
    )  # fmt: skip


def _words(values: Mapping[str, Any]) -> tuple[str, str]:
    """« Diallo Salif », « Bâti Ouche, Gymnase des Acacias »."""
    name = " ".join(str(values.get(code, "")) for code in ("last_name", "first_name")).strip()
    if values.get("staff_number"):
        name = f"{name} ({values['staff_number']})" if name else f"Matricule {values['staff_number']}"
    codes = ("host_name", "host_siret", "site", "reference", "nature")
    return name or "Personne non écrite", ", ".join(str(values[code]) for code in codes if values.get(code))


def hours_file_returned(*, actor: Actor, batch_uid: UUID) -> GivenFile:
    """Return the sender's own file with a column « À corriger ». Raises Absent."""
    batch = hours_files_visible_to(actor).filter(uid=batch_uid).select_related("file").first()
    if batch is None:
        raise Absent("imports.HoursFile")
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    rows = hours_file_lines_visible_to(actor).filter(batch=batch, told=True).order_by("position")
    for sheet, line, findings in rows.values_list("sheet", "line", "findings"):
        for one in findings_from(findings):
            if not one.code.startswith("I") and one.text not in said[sheet, line]:
                said[sheet, line].append(one.text)
    data = returned_workbook(
        workbook_of_hours(actor, batch), plans_from(batch.plans),
        {place: "\n".join(texts) for place, texts in said.items()},
    )  # fmt: skip
    return GivenFile(f"{batch.file.name.rpartition('.')[0] or 'heures'} - à corriger.xlsx", data)
