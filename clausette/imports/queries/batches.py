"""Batches: the list, and the head of one with its counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clausette.imports.enums import BatchKind, BatchState, RowChoice, RowFate
from clausette.imports.models import ExternalReference, ImportBatch, ImportRow
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow

PENDING = Q(choice__in=(RowChoice.CREATE, RowChoice.ATTACH), result=None)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch in the list; `fates`: number of records by fate."""

    uid: UUID
    file_name: str
    kind_label: str
    state: BatchState
    brought_by: str
    brought_at: datetime
    applied_at: datetime | None
    records: int
    fates: Mapping[RowFate, int]
    made: int


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """The head of a batch: where it stands, what is left to decide and to apply."""

    line: BatchLine
    file_uid: UUID
    file_size: int
    notices: tuple[str, ...]
    applied_by: str
    undecided: int
    to_create: int
    to_attach: int
    with_problems: int
    taken: int


def batches_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Batches of the actor's structure."""
    return narrow(ImportBatch.objects.all(), Q(owner_org_id=actor.owner_id))


def rows_visible_to(actor: Actor) -> QuerySet[ImportRow]:
    """Rows of the batches of the actor's structure."""
    return narrow(ImportRow.objects.all(), Q(owner_org_id=actor.owner_id))


def references_visible_to(actor: Actor) -> QuerySet[ExternalReference]:
    """Ties between official records and contracts, of the actor's structure."""
    return narrow(ExternalReference.objects.all(), Q(owner_org_id=actor.owner_id))


def _fates(actor: Actor, ids: Iterable[int]) -> dict[int, dict[RowFate, int]]:
    found: defaultdict[int, dict[RowFate, int]] = defaultdict(dict)
    rows = (
        rows_visible_to(actor)
        .filter(batch_id__in=list(ids))
        .values("batch_id", "fate")
        .annotate(n=Count("id"))
    )
    for row in rows.order_by("batch_id", "fate"):
        found[row["batch_id"]][RowFate(row["fate"])] = row["n"]
    return found


def _made(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    rows = rows_visible_to(actor).filter(batch_id__in=list(ids), result__isnull=False)
    counted = rows.order_by("batch_id").values("batch_id").annotate(n=Count("result_id", distinct=True))
    return {row["batch_id"]: row["n"] for row in counted}


def _line(row: ImportBatch, fates: Mapping[RowFate, int], made: int) -> BatchLine:
    return BatchLine(
        uid=row.uid,
        file_name=row.file.name,
        kind_label=BatchKind(row.kind).label,
        state=BatchState(row.state),
        brought_by=row.brought_by.full_name,
        brought_at=row.created_at,
        applied_at=row.applied_at,
        records=sum(fates.values()),
        fates=fates,
        made=made,
    )


def list_batches(*, actor: Actor, offset: int = 0, size: int = 50) -> tuple[tuple[BatchLine, ...], int]:
    """Return a page of the batches, the latest first, and how many there are: four queries."""
    rows = batches_visible_to(actor)
    total = rows.count()
    latest = rows.select_related("file", "brought_by").order_by("-created_at", "-id")
    shown = list(latest[offset : offset + size])
    ids = [row.pk for row in shown]
    fates, made = _fates(actor, ids), _made(actor, ids)
    return tuple(_line(row, fates.get(row.pk, {}), made.get(row.pk, 0)) for row in shown), total


def batch_sheet(*, actor: Actor, uid: UUID) -> BatchSheet:
    """Return the head of a visible batch: four queries. Raises Absent."""
    found = (
        batches_visible_to(actor).filter(uid=uid).select_related("file", "brought_by", "applied_by").first()
    )
    if found is None:
        raise Absent("imports.ImportBatch")
    counts = rows_visible_to(actor).filter(batch=found).aggregate(
        undecided=Count("id", filter=Q(choice=RowChoice.UNDECIDED)),
        to_create=Count("id", filter=PENDING & Q(choice=RowChoice.CREATE)),
        to_attach=Count("id", filter=PENDING & Q(choice=RowChoice.ATTACH)),
        with_problems=Count("id", filter=~Q(problems=[])),
        taken=Count("id", filter=Q(result__isnull=False)),
    )  # fmt: skip
    fates = _fates(actor, [found.pk]).get(found.pk, {})
    return BatchSheet(
        line=_line(found, fates, _made(actor, [found.pk]).get(found.pk, 0)),
        file_uid=found.file.uid,
        file_size=found.file.size,
        notices=tuple(found.notices),
        applied_by=found.applied_by.full_name if found.applied_by else "",
        **counts,
    )
