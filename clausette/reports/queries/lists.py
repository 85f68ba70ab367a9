"""Documents as lines, as a sheet and as bytes. The bytes are read only where they are given."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.text import search_key
from clausette.reports.attestation.facts import AttestationFacts, facts_from_json, facts_hash
from clausette.reports.enums import ReportKind
from clausette.reports.models import Report
from clausette.reports.permissions import can_replace
from clausette.reports.queries.visibility import reports_visible_to


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One issued document. `replaced_by`: number of the one that annuls it, « »."""

    uid: UUID
    kind_label: str
    number: str
    issued_on: date
    contract_uid: UUID
    contract_name: str
    commitment_uid: UUID | None
    contractor_uid: UUID | None
    contractor_name: str
    owner_name: str
    replaces_uid: UUID | None
    replaces_number: str
    replaced_by_uid: UUID | None
    replaced_by: str


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """What the list is restricted to; `sort`: « numero », « date », « marche », with « - » to turn it round."""

    words: str = ""
    commitment_uid: UUID | None = None
    only_current: bool = False
    sort: str = "-date"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[ReportLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A document whole, bytes excepted. `is_intact`: its facts still have the hash printed on it."""

    line: ReportLine
    facts: AttestationFacts
    facts_sha256: str
    content_sha256: str
    template_version: str
    size: int
    issued_by: str
    is_intact: bool
    can_replace: Decision


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The bytes of a document, as they were issued."""

    name: str
    data: bytes
    sha256: str


_SORTS = {"numero": "number", "date": "issued_on", "marche": "contract__sort_key"}
_LINE = (
    "uid", "kind", "number", "issued_on", "contract__uid", "contract__common_name", "commitment__uid",
    "commitment__contractor__uid", "commitment__contractor__name", "owner_org__name", "replaces__uid",
    "replaces__number", "later_uid", "later_number",
)  # fmt: skip


def _with_later(actor: Actor) -> QuerySet[Report]:
    later = reports_visible_to(actor).filter(replaces_id=OuterRef("pk")).order_by("id")
    return reports_visible_to(actor).annotate(
        later_uid=Subquery(later.values("uid")[:1]), later_number=Subquery(later.values("number")[:1])
    )


def _filtered(actor: Actor, filters: ReportFilters) -> QuerySet[Report]:
    rows = _with_later(actor)
    if filters.commitment_uid:
        rows = rows.filter(commitment__uid=filters.commitment_uid)
    if filters.only_current:
        rows = rows.filter(~Exists(reports_visible_to(actor).filter(replaces_id=OuterRef("pk"))))
    for word in search_key(filters.words).split()[:8]:
        named = rows.filter(contract__sort_key__contains=word) | rows.filter(
            commitment__contractor__sort_key__contains=word
        )
        rows = named | rows.filter(number__icontains=word)
    column = _SORTS.get(filters.sort.removeprefix("-"), "issued_on")
    return rows.order_by(f"-{column}" if filters.sort.startswith("-") else column, "-id")


def _line(row: Mapping[str, Any]) -> ReportLine:
    return ReportLine(
        uid=row["uid"],
        kind_label=ReportKind(row["kind"]).label,
        number=row["number"],
        issued_on=row["issued_on"],
        contract_uid=row["contract__uid"],
        contract_name=row["contract__common_name"],
        commitment_uid=row["commitment__uid"],
        contractor_uid=row["commitment__contractor__uid"],
        contractor_name=row["commitment__contractor__name"] or "",
        owner_name=row["owner_org__name"],
        replaces_uid=row["replaces__uid"],
        replaces_number=row["replaces__number"] or "",
        replaced_by_uid=row["later_uid"],
        replaced_by=row["later_number"] or "",
    )


def list_reports(
    *, actor: Actor, filters: ReportFilters | None = None, page: int = 1, size: int = 50
) -> ReportPage:
    """Return one page of the visible documents, without their bytes (two queries)."""
    rows = _filtered(actor, filters or ReportFilters())
    shown = rows.values(*_LINE)[(page - 1) * size : page * size]
    return ReportPage(tuple(_line(row) for row in shown), rows.count())


def latest_reports(*, actor: Actor, limit: int) -> tuple[ReportLine, ...]:
    """Return the last documents in force, the last first (one query)."""
    rows = _filtered(actor, ReportFilters(only_current=True))
    return tuple(_line(row) for row in rows.values(*_LINE)[:limit])


def report_sheet(*, actor: Actor, uid: UUID) -> ReportSheet:
    """Return a visible document with its frozen facts. Raises Absent. One query."""
    more = (
        "facts",
        "facts_sha256",
        "content_sha256",
        "template_version",
        "issued_by__full_name",
        "owner_org_id",
    )
    row = (
        _with_later(actor)
        .filter(uid=uid)
        .annotate(size=Length("content"))
        .values(*_LINE, *more, "size")
        .first()
    )
    if row is None:
        raise Absent("reports.Report")
    line = _line(row)
    facts = facts_from_json(json.dumps(row["facts"]))
    return ReportSheet(
        line=line,
        facts=facts,
        facts_sha256=row["facts_sha256"],
        content_sha256=row["content_sha256"],
        template_version=row["template_version"],
        size=row["size"],
        issued_by=row["issued_by__full_name"] or "",
        is_intact=facts_hash(facts) == row["facts_sha256"],
        can_replace=can_replace(actor, owner_org_id=row["owner_org_id"], replaced_by=line.replaced_by),
    )


def report_content(*, actor: Actor, uid: UUID) -> ReportContent:
    """Return the bytes of a visible document. Raises Absent. One query."""
    row = reports_visible_to(actor).filter(uid=uid).values("number", "content", "content_sha256").first()
    if row is None:
        raise Absent("reports.Report")
    return ReportContent(f"{row['number']}.pdf", bytes(row["content"]), row["content_sha256"])


def issued_for(*, actor: Actor, commitment_uid: UUID) -> tuple[ReportLine, ...]:
    """Return the documents of a visible engagement, the last first. Raises Absent when it is not visible."""
    if not commitments_visible_to(actor).filter(uid=commitment_uid).exists():
        raise Absent("commitments.Commitment")
    rows = _filtered(actor, ReportFilters(commitment_uid=commitment_uid, sort="-numero"))
    return tuple(_line(row) for row in rows.values(*_LINE))
