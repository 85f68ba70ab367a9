"""Workbooks taken in: the list, and the head of one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from clausette.imports.enums_takeover import LineFate, LineKind, TakeoverState
from clausette.imports.models import TakeoverBatch
from clausette.imports.queries.takeover.visible import lines_visible_to, takeovers_visible_to
from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.stored import findings_from, plans_from
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent

Counts = Mapping[LineKind, Mapping[LineFate, int]]


@dataclass(frozen=True, slots=True)
class TakeoverLineOfList:
    """One workbook in the list."""

    uid: UUID
    file_name: str
    state: TakeoverState
    brought_by: str
    brought_at: datetime
    lines: int
    to_correct: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A line of the workbook that brings nothing (a total), and why."""

    sheet: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TakeoverSheet:
    """The head of a workbook: where it stands, its columns, how many lines become what."""

    uid: UUID
    state: TakeoverState
    file_name: str
    file_uid: UUID
    size: int
    sender: str
    plans: tuple[SheetPlan, ...]
    notices: tuple[str, ...]
    left: tuple[LeftLine, ...]
    unreadable: int
    brought_by: str
    brought_at: datetime
    applied_by: str
    applied_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    counts: Counts
    told: int
    stopped: int

    def count(self, fate: LineFate, kind: LineKind | None = None) -> int:
        """How many lines have this fate (of one kind when it is given)."""
        kinds = [kind] if kind else list(LineKind)
        return sum(self.counts.get(one, {}).get(fate, 0) for one in kinds)

    @property
    def aside(self) -> int:
        """Lines that will not be written and should be looked at."""
        return self.count(LineFate.REFUSED) + self.count(LineFate.WAITING)

    @property
    def persons_only(self) -> bool:
        """Whether the workbook is a list of persons, without marché nor hours."""
        return self.lines > 0 and set(self.counts) <= {LineKind.PERSON}

    @property
    def lines(self) -> int:
        """All the lines."""
        return sum(sum(fates.values()) for fates in self.counts.values())


def list_takeovers(*, actor: Actor, limit: int = 50) -> tuple[TakeoverLineOfList, ...]:
    """Return the workbooks of the structure, the latest first: two queries."""
    rows = list(
        takeovers_visible_to(actor)
        .select_related("file", "brought_by")
        .order_by("-created_at", "-id")[:limit]
    )
    counted = (
        lines_visible_to(actor)
        .filter(batch_id__in=[row.pk for row in rows])
        .order_by("batch_id")
        .values("batch_id")
        .annotate(
            n=Count("id"),
            bad=Count("id", filter=Q(fate__in=(LineFate.REFUSED, LineFate.WAITING))),
            total=Sum("hours"),
        )
    )
    counts = {row["batch_id"]: row for row in counted}
    return tuple(_of_list(row, counts.get(row.pk, {})) for row in rows)


def _of_list(row: TakeoverBatch, counts: Mapping[str, object]) -> TakeoverLineOfList:
    total = counts.get("total")
    return TakeoverLineOfList(
        row.uid,
        row.file.name,
        TakeoverState(row.state),
        row.brought_by.full_name,
        row.created_at,
        int(str(counts.get("n", 0))) or row.size,
        int(str(counts.get("bad", 0))),
        total if isinstance(total, Decimal) else Decimal(0),
    )


def takeover_sheet(*, actor: Actor, uid: UUID) -> TakeoverSheet:
    """Return the head of a workbook: three queries. Raises Absent."""
    rows = takeovers_visible_to(actor).select_related("file", "brought_by", "applied_by", "undone_by")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Absent("imports.TakeoverBatch")
    lines = lines_visible_to(actor).filter(batch=row)
    counts: dict[LineKind, dict[LineFate, int]] = defaultdict(dict)
    for one in lines.order_by("kind", "fate").values("kind", "fate").annotate(n=Count("id")):
        counts[LineKind(one["kind"])][LineFate(one["fate"])] = one["n"]
    marks = lines.aggregate(told=Count("id", filter=Q(told=True)), stopped=Count("id", filter=Q(stops=True)))
    return TakeoverSheet(
        uid=row.uid,
        state=TakeoverState(row.state),
        file_name=row.file.name,
        file_uid=row.file.uid,
        size=row.size,
        sender=row.sender,
        plans=plans_from(row.plans),
        notices=tuple(row.notices),
        left=tuple(LeftLine(sheet, line, findings_from([kept])[0].text) for sheet, line, kept in row.notes),
        unreadable=row.unreadable,
        brought_by=row.brought_by.full_name,
        brought_at=row.created_at,
        applied_by=row.applied_by.full_name if row.applied_by else "",
        applied_at=row.applied_at,
        undone_by=row.undone_by.full_name if row.undone_by else "",
        undone_at=row.undone_at,
        counts=counts,
        told=marks["told"],
        stopped=marks["stopped"],
    )
