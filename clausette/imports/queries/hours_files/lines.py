"""Lines of a file of hours, fifty a page, with what is said of each; and all that is said, for the file given back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.imports.enums_hours import HoursFate, HoursFileState, MatchSure
from clausette.imports.hours_files.blocks import QuietLine, fates_of
from clausette.imports.hours_files.plans import plans_from
from clausette.imports.hours_files.returned import returned_workbook
from clausette.imports.models import HoursFileBlock, HoursFileLine
from clausette.imports.queries.hours_files.batches import TO_WRITE
from clausette.imports.queries.hours_files.files import workbook_of_hours
from clausette.imports.queries.hours_files.held import posts_of
from clausette.imports.queries.hours_files.paging import Listed, lines_of, page_of
from clausette.imports.queries.hours_files.visible import (
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
)
from clausette.imports.queries.takeover.files import GivenFile
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.stored import findings_from
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent

_ASKED = (HoursFate.ASK, HoursFate.UNMATCHED)


@dataclass(frozen=True, slots=True)
class HoursLineRead:
    """One line: where it is, who and where it speaks of, what is said of it. `uid`: None where nothing is asked."""

    uid: UUID | None
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
    """Return a page of lines in the order of the file, and how many there are (`page_of` says how many queries).

    `only`: a code.
    """
    batch = hours_files_visible_to(actor).filter(uid=batch_uid).values_list("pk", "state").first()
    if batch is None:
        return (), 0
    shown, count = page_of(
        hours_file_lines_visible_to(actor).filter(batch_id=batch[0]),
        hours_file_blocks_visible_to(actor).filter(batch_id=batch[0]), Listed(fates, told, only),
        offset=offset, size=size,
    )  # fmt: skip
    return tuple(_read(line, batch[1]) for line in shown), count


def hours_codes_said(*, actor: Actor, batch_uid: UUID) -> tuple[tuple[str, int], ...]:
    """Return each code said in a file and of how many lines, by code (two queries)."""
    counts: Counter[str] = Counter()
    rows = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid, told=True).order_by("position")
    for found in rows.values_list("findings", flat=True):
        counts.update({one["code"] for one in found})
    for fates in _blocks(actor, batch_uid).order_by("first").values_list("fates", flat=True):
        for one in fates_of(fates).values():
            counts.update(one.codes)
    return tuple(sorted(counts.items()))


def _blocks(actor: Actor, batch_uid: UUID) -> QuerySet[HoursFileBlock]:
    return hours_file_blocks_visible_to(actor).filter(batch__uid=batch_uid)


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
    asked = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid, fate__in=_ASKED)
    rows = asked.exclude(options=[]).order_by("position")
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
            SubjectToMatch(group[0].uid, first.name, first.place, len(group), hours, first.sure, told,
                           tuple(options.values()))
        )  # fmt: skip
    return tuple(found)


def line_to_match(*, actor: Actor, batch_uid: UUID, line_uid: UUID) -> SubjectToMatch:
    """Return one line with all the posts of its declarant, by name (four queries). Raises Absent."""
    row = hours_file_lines_visible_to(actor).filter(batch__uid=batch_uid, uid=line_uid).select_related("batch").first()
    if row is None or row.fate not in _ASKED:
        raise Absent("imports.HoursFileLine")
    posts = sorted(posts_of(actor, row.batch.declarant_id), key=lambda post: (post.name.casefold(), post.where))
    options = tuple({"token": post.token, "name": post.name, "where": post.where} for post in posts)
    read = _read(row)
    same = hours_file_lines_visible_to(actor).filter(
        batch__uid=batch_uid, person_key=row.person_key, place_key=row.place_key
    )
    hours = [*same.order_by("position").values_list("hours", flat=True), *_same_in_blocks(actor, row)]
    told = read.findings[0].sentence if read.findings else ""
    total = sum((one or Decimal(0) for one in hours), Decimal(0))
    return SubjectToMatch(row.uid, read.name, read.place, len(hours), total, read.sure, told, options)


def _same_in_blocks(actor: Actor, row: HoursFileLine) -> list[Decimal]:
    """The hours of the lines that write the same person and place, and ask nothing."""
    if not row.person_key:
        return []
    subject = row.person_key, row.place_key
    held = hours_file_blocks_visible_to(actor).filter(batch_id=row.batch_id, people__contains=[[row.person_key]])
    return [line.hours for line in lines_of(held) if line.subject == subject]


def _read(line: HoursFileLine | QuietLine, whole: str = "") -> HoursLineRead:
    """A line, with the state of its file (`whole`): once it is imported, the lines to write are those it wrote."""
    fate = HoursFate(line.fate)
    written = whole == HoursFileState.APPLIED and fate in TO_WRITE
    if isinstance(line, QuietLine):
        uid, values, options, subject = None, line.words, (), line.subject
        findings = line.findings
    else:
        uid, values, options, subject = line.uid, line.values, tuple(line.options), (line.person_key, line.place_key)
        findings = findings_from(line.findings)
    name, place = _words(values)
    return HoursLineRead(
        uid, line.sheet, line.line, line.column, name, place, line.month, line.hours, line.held, MatchSure(line.sure),
        fate, findings, options, written, subject,
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
        _said_once(said[sheet, line], findings_from(findings))
    for quiet in lines_of(hours_file_blocks_visible_to(actor).filter(batch=batch)):
        if quiet.says:
            _said_once(said[quiet.sheet, quiet.line], quiet.findings)
    data = returned_workbook(
        workbook_of_hours(actor, batch), plans_from(batch.plans),
        {place: "\n".join(texts) for place, texts in said.items()},
    )  # fmt: skip
    return GivenFile(f"{batch.file.name.rpartition('.')[0] or 'heures'} - à corriger.xlsx", data)


def _said_once(texts: list[str], findings: Iterable[Finding]) -> None:
    texts += [text for one in findings if not one.code.startswith("I") and (text := one.text) not in texts]
