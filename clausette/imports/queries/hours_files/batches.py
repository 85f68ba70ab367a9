"""Files of hours sent: the list, the head of one, the bodies whose hours a structure may send."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from clausette.hours.rules.certifying import HandedFor
from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.hours_files.blocks import fates_of
from clausette.imports.hours_files.plans import HoursPlan, plans_from
from clausette.imports.models import HoursFile
from clausette.imports.queries.hours_files.visible import (
    filled_visible_to,
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
)
from clausette.imports.takeover.stored import findings_from
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.placements.queries import allocations_visible_to

ZERO = Decimal(0)
TO_WRITE = (HoursFate.NEW, HoursFate.CHANGED, HoursFate.CORRECTION, HoursFate.PROPOSED)


@dataclass(frozen=True, slots=True)
class HoursFileOfList:
    """One file in the list."""

    uid: UUID
    file_name: str
    declarant: str
    state: HoursFileState
    brought_by: str
    by: str
    """Who holds the mandate by which it was sent; « » when the sender sent it itself."""
    brought_at: datetime
    lines: int
    hours: Decimal
    to_look_at: int


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """Hours of the declarant on one market in one month: in the file, before and after."""

    contract_uid: UUID
    name: str
    month: date
    said: Decimal
    before: Decimal
    after: Decimal

    @property
    def gap(self) -> Decimal:
        """What changes."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class LeftHours:
    """A line of the file that brings no hours, and why."""

    sheet: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class HoursFileSheet:
    """The head of a file: where it stands, its columns, how many lines become what."""

    uid: UUID
    state: HoursFileState
    file_name: str
    file_uid: UUID
    size: int
    declarant: str
    declarant_uid: UUID
    plans: tuple[HoursPlan, ...]
    notices: tuple[str, ...]
    left: tuple[LeftHours, ...]
    totals: tuple[MonthTotal, ...]
    submits: bool
    brought_by: str
    brought_at: datetime
    handed: HandedFor | None
    """By which mandate it was sent; None: by the sender itself."""
    applied_by: str
    applied_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    counts: Mapping[HoursFate, int]
    hours: Mapping[HoursFate, Decimal]
    told: int
    stopping: int
    """Lines to write in which a control finds what prevents their validation."""

    def count(self, *fates: HoursFate) -> int:
        """How many lines have one of these fates."""
        return sum(self.counts.get(fate, 0) for fate in fates)

    def sum(self, *fates: HoursFate) -> Decimal:
        """Their hours."""
        return sum((self.hours.get(fate, ZERO) for fate in fates), ZERO)

    @property
    def new(self) -> int:
        """Lines that a confirmation writes."""
        return self.count(*TO_WRITE)

    @property
    def lines(self) -> int:
        """All the lines of hours."""
        return sum(self.counts.values())


def list_hours_files(
    *, actor: Actor, limit: int = 50, mandate_id: int | None = None
) -> tuple[HoursFileOfList, ...]:
    """Return the files sent by the organisation (by one of its mandates alone), the latest first: three queries."""
    seen = hours_files_visible_to(actor).select_related("file", "brought_by", "declarant")
    if mandate_id is not None:
        seen = seen.filter(mandate_id=mandate_id)
    rows = list(seen.order_by("-created_at", "-id")[:limit])
    looked = Q(fate__in=(HoursFate.ASK, HoursFate.UNMATCHED, HoursFate.REFUSED))
    counted = hours_file_lines_visible_to(actor).filter(batch_id__in=[row.pk for row in rows]).order_by("batch_id")
    counts = {
        one["batch_id"]: one
        for one in counted.values("batch_id").annotate(
            n=Count("id"), total=Sum("hours"), look=Count("id", filter=looked)
        )
    }
    packed = hours_file_blocks_visible_to(actor).filter(batch_id__in=[row.pk for row in rows]).order_by("batch_id")
    blocks = {
        one["batch_id"]: one for one in packed.values("batch_id").annotate(n=Sum("lines"), total=Sum("hours"))
    }
    return tuple(_of_list(row, counts.get(row.pk, {}), blocks.get(row.pk, {})) for row in rows)


def _of_list(row: HoursFile, counts: Mapping[str, Any], blocks: Mapping[str, Any]) -> HoursFileOfList:
    return HoursFileOfList(
        row.uid, row.file.name, row.declarant.name, HoursFileState(row.state), row.brought_by.full_name,
        row.mandated_name, row.created_at, counts.get("n", 0) + blocks.get("n", 0) or row.size,
        (counts.get("total") or ZERO) + blocks.get("total", ZERO), counts.get("look", 0),
    )  # fmt: skip


def hours_file_sheet(*, actor: Actor, uid: UUID) -> HoursFileSheet:
    """Return the head of a file: four queries. Raises Absent."""
    rows = hours_files_visible_to(actor).select_related(
        "file", "brought_by", "applied_by", "undone_by", "declarant"
    )
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Absent("imports.HoursFile")
    lines = hours_file_lines_visible_to(actor).filter(batch=row)
    by_fate = list(lines.order_by("fate").values("fate").annotate(n=Count("id"), total=Sum("hours")))
    stop = Q(stops=True, fate__in=TO_WRITE)
    marks = lines.aggregate(told=Count("id", filter=Q(told=True)), stopping=Count("id", filter=stop))
    counts = Counter({HoursFate(one["fate"]): one["n"] for one in by_fate})
    hours = defaultdict(lambda: ZERO, {HoursFate(one["fate"]): one["total"] or ZERO for one in by_fate})
    blocks = hours_file_blocks_visible_to(actor).filter(batch=row).order_by("first")
    for fates in blocks.values_list("fates", flat=True):
        for fate, held in fates_of(fates).items():
            counts[HoursFate(fate)] += held.lines
            hours[HoursFate(fate)] += held.hours
            marks["told"] += held.told
    return HoursFileSheet(
        uid=row.uid, state=HoursFileState(row.state), file_name=row.file.name, file_uid=row.file.uid, size=row.size,
        declarant=row.declarant.name, declarant_uid=row.declarant.uid, plans=plans_from(row.plans),
        notices=tuple(row.notices),
        left=tuple(LeftHours(sheet, line, findings_from([kept])[0].sentence) for sheet, line, kept in row.notes),
        totals=tuple(_total(one) for one in row.totals), submits=row.submits, brought_by=row.brought_by.full_name,
        brought_at=row.created_at, handed=_handed(row), applied_by=row.applied_by.full_name if row.applied_by else "",
        applied_at=row.applied_at, undone_by=row.undone_by.full_name if row.undone_by else "",
        undone_at=row.undone_at, counts=dict(counts), hours=dict(hours), told=marks["told"],
        stopping=marks["stopping"],
    )  # fmt: skip


def _handed(row: HoursFile) -> HandedFor | None:
    if row.mandated_from is None or row.mandated_until is None:
        return None
    return HandedFor(row.mandated_name, row.declarant.name, row.mandated_from, row.mandated_until)


def _total(kept: Mapping[str, str]) -> MonthTotal:
    return MonthTotal(
        UUID(kept["contract"]), kept["name"], date.fromisoformat(kept["month"]), Decimal(kept["said"]),
        Decimal(kept["before"]), Decimal(kept["after"]),
    )  # fmt: skip


def declarants_of(*, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the bodies that employ or host people on the markets of a structure, by name (two queries)."""
    if not actor.can("facilitator"):
        return ()
    seen = allocations_visible_to(actor).order_by()
    found: dict[UUID, str] = {}
    for role in ("employer", "host_company"):
        found |= dict(seen.values_list(f"{role}__uid", f"{role}__name").distinct())
    return tuple(sorted(found.items(), key=lambda one: one[1].casefold()))


@dataclass(frozen=True, slots=True)
class FilledBy:
    """A file that filled a statement, as whoever validates it is told. `batch_uid`: for its sender alone."""

    batch_uid: UUID | None
    file_name: str
    lines: int
    hours: Decimal
    written_by: str
    by: str
    """Who holds the mandate by which it was written; « » for the sender itself."""
    sender: str
    written_on: date
    undone: bool


def files_of_statement(*, actor: Actor, statement_uid: UUID) -> tuple[FilledBy, ...]:
    """Return the files that filled a statement, the latest first. Two queries, one when there is none."""
    rows: list[tuple[Any, ...]] = list(
        filled_visible_to(actor).filter(statement__uid=statement_uid).order_by("-id").values_list(
            "batch_id", "file_name", "lines", "hours", "written_by__full_name", "mandated_name", "owner_org__name",
            "written_on", "undone",
        )
    )  # fmt: skip
    own = hours_files_visible_to(actor).filter(pk__in={row[0] for row in rows}).order_by() if rows else None
    uids = dict(own.values_list("pk", "uid")) if own is not None else {}
    return tuple(FilledBy(uids.get(row[0]), *row[1:]) for row in rows)
