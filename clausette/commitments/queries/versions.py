"""Versions of one engagement as they are shown: terms, parts, sub-targets, papers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from clausette.commitments.enums import (
    AmountBase,
    CommitmentKind,
    PartOrigin,
    PartStatus,
    Rounding,
    SubTargetBase,
    SubTargetKind,
    VersionReason,
)
from clausette.commitments.models import CommitmentPart, CommitmentVersion, SubTarget
from clausette.commitments.queries.figures import SAID
from clausette.commitments.queries.visibility import (
    parts_visible_to,
    subtargets_visible_to,
    versions_visible_to,
)
from clausette.commitments.rules import Part, Pause, TargetEntry, Terms, due_under, part_due
from clausette.files.queries import files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the schedule; `due`: hours due of it on the day asked. `phase_id`: the phase it is tied to."""

    label: str
    status: PartStatus
    origin: PartOrigin
    starts_on: date
    ends_on: date
    hours: Decimal
    due: Decimal = Decimal(0)
    phase_id: int | None = None

    def as_part(self) -> Part:
        """The part as the rules take it."""
        return Part(self.hours, self.starts_on, self.ends_on, self.status)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: why, from when, with what documents. `hours`: fixed under its terms, None without figure.

    The documents are named for those who may read these files. `said`: its columns, for the figures.
    """

    uid: UUID
    number: int
    reason: VersionReason
    comment: str
    document_uid: UUID | None
    minimum_uid: UUID | None
    offer_uid: UUID | None
    effective_on: date
    ends_on: date
    terms: Terms
    hours: Decimal | None
    parts: tuple[PartLine, ...]
    targets: tuple[TargetEntry, ...]
    said: Mapping[str, Any]

    @property
    def reason_label(self) -> str:
        """« Avenant », « Affermissement »."""
        return self.reason.label


def terms_of(row: CommitmentVersion) -> Terms:
    """The terms of a version as the rules take them."""
    return Terms(
        minimum_hours=row.minimum_hours,
        offer_hours=row.offer_hours,
        amount_ht=row.amount_ht,
        labour_share=row.labour_share,
        rate=row.rate,
        hourly_cost=row.hourly_cost,
        rounding=Rounding(row.rounding),
        euros_per_hour=row.euros_per_hour,
        beyond_ht=row.beyond_ht,
        amount_base=AmountBase(row.amount_base) if row.amount_base else None,
        estimated_ht=row.estimated_ht,
        hours_share=row.hours_share,
        estimated_base=row.estimated_base,
        moved_hours=row.moved_hours,
    )


def _part_line(row: CommitmentPart) -> PartLine:
    status, origin = PartStatus(row.status), PartOrigin(row.origin)
    return PartLine(
        row.label, status, origin, row.starts_on, row.ends_on, row.hours, phase_id=row.phase_id
    )


def last_parts(*, actor: Actor, commitment_ids: Collection[int]) -> Mapping[int, tuple[PartLine, ...]]:
    """The schedule of the last version of each of these engagements, by its internal number: one query."""
    seen = versions_visible_to(actor).filter(commitment_id__in=list(commitment_ids))
    latest = seen.order_by("commitment_id", "-number").distinct("commitment_id").values("pk")
    found: defaultdict[int, tuple[PartLine, ...]] = defaultdict(tuple)
    for row in parts_visible_to(actor).filter(version_id__in=latest).order_by("starts_on", "id"):
        found[row.commitment_id] += (_part_line(row),)
    return found


def due_by(part: PartLine, on: date, pauses: tuple[Pause, ...] = ()) -> PartLine:
    """The part with what is due of it on a day."""
    return replace(part, due=part_due(part.as_part(), on, pauses))


def _with_papers(actor: Actor, rows: QuerySet[CommitmentVersion]) -> QuerySet[CommitmentVersion]:
    def paper(column: str) -> Subquery:
        return Subquery(files_visible_to(actor).filter(pk=OuterRef(column)).values("uid"))

    return rows.annotate(
        document_uid=paper("document_id"),
        minimum_uid=paper("minimum_document_id"),
        offer_uid=paper("offer_document_id"),
    )


@prepared
def _parts(actor: Actor, commitment_id: int) -> QuerySet[CommitmentPart]:
    return parts_visible_to(actor).filter(commitment_id=commitment_id).order_by("starts_on", "id")


@prepared
def _targets(actor: Actor, commitment_id: int) -> QuerySet[SubTarget]:
    return subtargets_visible_to(actor).filter(commitment_id=commitment_id).order_by("kind", "base")


@prepared
def _versions(actor: Actor, commitment_id: int) -> QuerySet[CommitmentVersion]:
    rows = versions_visible_to(actor).filter(commitment_id=commitment_id)
    return _with_papers(actor, rows).order_by("-number")


def version_lines(actor: Actor, commitment_id: int, kind: CommitmentKind) -> tuple[VersionLine, ...]:
    """Return the versions of an engagement, the latest first, with their parts and sub-targets (three queries)."""
    parts: dict[int, list[CommitmentPart]] = defaultdict(list)
    for part in _parts(actor, commitment_id):
        parts[part.version_id].append(part)
    targets: dict[int, list[TargetEntry]] = defaultdict(list)
    for target in _targets(actor, commitment_id):
        entry = TargetEntry(SubTargetKind(target.kind), SubTargetBase(target.base), target.share)
        targets[target.version_id].append(entry)
    return tuple(
        _line(row, kind, [_part_line(part) for part in parts[row.pk]], targets[row.pk])
        for row in _versions(actor, commitment_id)
    )


def _line(
    row: CommitmentVersion, kind: CommitmentKind, parts: list[PartLine], targets: list[TargetEntry]
) -> VersionLine:
    terms = terms_of(row)
    due = due_under(kind, terms)
    total = sum((part.hours for part in parts), Decimal(0)) if parts else None
    papers: Any = row  # annotated by `_with_papers`
    return VersionLine(
        uid=row.uid,
        number=row.number,
        reason=VersionReason(row.reason),
        comment=row.comment,
        document_uid=papers.document_uid,
        minimum_uid=papers.minimum_uid,
        offer_uid=papers.offer_uid,
        effective_on=row.effective_on,
        ends_on=row.ends_on,
        terms=terms,
        hours=due if due is not None else total,
        parts=tuple(parts),
        targets=tuple(targets),
        said={name: getattr(row, name) for name in SAID},
    )
