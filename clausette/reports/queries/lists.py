"""Documents as lines, as a sheet and as bytes. The bytes are read only where they are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.text import search_key
from clausette.reports.enums import Audience, FileFormat, ReportKind
from clausette.reports.frozen import kept_hash
from clausette.reports.models import Report
from clausette.reports.permissions import can_replace, can_send
from clausette.reports.queries.facts import Facts, facts_of
from clausette.reports.queries.visibility import files_visible_to, reports_visible_to
from clausette.reports.rendering.formats import TYPES
from clausette.reports.rules import Span


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One issued document. `replaced_by`: number of the one that annuls it, « »; `ready`: formats that are set."""

    uid: UUID
    kind: ReportKind
    audience: Audience
    number: str
    issued_on: date
    subject: str
    starts_on: date | None
    ends_on: date | None
    contract_uid: UUID | None
    contract_name: str
    commitment_uid: UUID | None
    contractor_uid: UUID | None
    contractor_name: str
    operation_uid: UUID | None
    recipient_uid: UUID | None
    recipient_name: str
    owner_name: str
    formats: tuple[FileFormat, ...]
    replaces_uid: UUID | None
    replaces_number: str
    replaced_by_uid: UUID | None
    replaced_by: str

    @property
    def kind_label(self) -> str:
        """« Attestation »."""
        return str(self.kind.label)

    @property
    def period(self) -> str:
        """« année 2026 »; « » for an attestation, which has a day."""
        return Span(self.starts_on, self.ends_on).label if self.starts_on and self.ends_on else ""


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """What the list is restricted to; `sort`: « numero », « date », « objet », with « - » to turn it round."""

    words: str = ""
    kind: str = ""
    year: int | None = None
    commitment_uid: UUID | None = None
    only_current: bool = False
    sort: str = "-date"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[ReportLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """One format of a document; no hash: not set yet."""

    format: FileFormat
    sha256: str = ""
    size: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A document whole, bytes excepted. `is_intact`: its facts still have the hash printed on it."""

    line: ReportLine
    facts: Facts
    facts_sha256: str
    template_version: str
    files: tuple[FileLine, ...]
    issued_by: str
    is_intact: bool
    can_replace: Decision
    can_send: Decision
    contract_id: int | None

    @property
    def waiting(self) -> int:
        """Formats not set yet."""
        return sum(1 for one in self.files if not one.is_ready)


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The bytes of a document, as they were issued."""

    name: str
    data: bytes
    sha256: str
    content_type: str


_SORTS = {"numero": "number", "date": "issued_on", "objet": "subject"}
_LINE = (
    "uid", "kind", "audience", "number", "issued_on", "subject", "starts_on", "ends_on", "formats", "contract__uid",
    "contract__common_name", "commitment__uid", "commitment__contractor__uid", "commitment__contractor__name",
    "operation__uid", "recipient__uid", "recipient__name", "owner_org__name",
    "replaces__uid", "replaces__number", "later_uid", "later_number",
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
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year:
        rows = rows.filter(issued_on__year=filters.year)
    if filters.only_current:
        rows = rows.filter(~Exists(reports_visible_to(actor).filter(replaces_id=OuterRef("pk"))))
    for word in search_key(filters.words).split()[:8]:
        rows = rows.filter(
            Q(contract__sort_key__contains=word) | Q(commitment__contractor__sort_key__contains=word)
            | Q(recipient__sort_key__contains=word) | Q(operation__sort_key__contains=word)
            | Q(number__icontains=word)
        )  # fmt: skip
    column = _SORTS.get(filters.sort.removeprefix("-"), "issued_on")
    return rows.order_by(f"-{column}" if filters.sort.startswith("-") else column, "-id")


def _line(row: Mapping[str, Any]) -> ReportLine:
    return ReportLine(
        uid=row["uid"],
        kind=ReportKind(row["kind"]),
        audience=Audience(row["audience"]),
        number=row["number"],
        issued_on=row["issued_on"],
        subject=row["subject"] or row["contract__common_name"] or "",
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        contract_uid=row["contract__uid"],
        contract_name=row["contract__common_name"] or "",
        commitment_uid=row["commitment__uid"],
        contractor_uid=row["commitment__contractor__uid"],
        contractor_name=row["commitment__contractor__name"] or "",
        operation_uid=row["operation__uid"],
        recipient_uid=row["recipient__uid"],
        recipient_name=row["recipient__name"] or "",
        owner_name=row["owner_org__name"],
        formats=tuple(FileFormat(one) for one in row["formats"]),
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


def current_reports(actor: Actor, condition: Q) -> tuple[ReportLine, ...]:
    """Return the documents in force that a condition keeps, the first issued first (one query)."""
    rows = _filtered(actor, ReportFilters(only_current=True, sort="date")).filter(condition)
    return tuple(_line(row) for row in rows.values(*_LINE))


def latest_reports(*, actor: Actor, limit: int) -> tuple[ReportLine, ...]:
    """Return the last documents in force, the last first (one query)."""
    rows = _filtered(actor, ReportFilters(only_current=True))
    return tuple(_line(row) for row in rows.values(*_LINE)[:limit])


def report_sheet(*, actor: Actor, uid: UUID) -> ReportSheet:
    """Return a visible document with its frozen facts. Raises Absent. Two queries."""
    more = ("facts", "facts_sha256", "template_version", "issued_by__full_name", "owner_org_id", "contract_id")
    row = _with_later(actor).filter(uid=uid).values(*_LINE, *more).first()
    if row is None:
        raise Absent("reports.Report")
    line, facts = _line(row), facts_of(row["kind"], row["facts"])
    return ReportSheet(
        line=line,
        facts=facts,
        facts_sha256=row["facts_sha256"],
        template_version=row["template_version"],
        files=_files(actor, uid, line.formats),
        issued_by=row["issued_by__full_name"] or "",
        is_intact=kept_hash(row["facts"]) == row["facts_sha256"],
        can_replace=can_replace(actor, owner_org_id=row["owner_org_id"], replaced_by=line.replaced_by),
        can_send=can_send(
            actor, owner_org_id=row["owner_org_id"], audience=line.audience, contract_id=row["contract_id"]
        ),
        contract_id=row["contract_id"],
    )


def _files(actor: Actor, uid: UUID, formats: tuple[FileFormat, ...]) -> tuple[FileLine, ...]:
    rows = files_visible_to(actor).filter(report__uid=uid).annotate(size=Length("content")).order_by("id")
    known = {
        one: FileLine(FileFormat(one), sha256, size)
        for one, sha256, size in rows.values_list("format", "content_sha256", "size")
    }
    return tuple(known.get(one, FileLine(one)) for one in formats)


def report_content(*, actor: Actor, uid: UUID, chosen: FileFormat = FileFormat.PDF) -> ReportContent:
    """Return the bytes of a visible document in one format. Raises Absent, also while it is not set. One query."""
    rows = files_visible_to(actor).filter(report__uid=uid, format=chosen)
    row = rows.order_by("id").values("report__number", "content", "content_sha256").first()
    if row is None:
        raise Absent("reports.Report")
    name = f"{row['report__number']}.{chosen.value}"
    return ReportContent(name, bytes(row["content"]), row["content_sha256"], TYPES[chosen])


def issued_for(*, actor: Actor, commitment_uid: UUID) -> tuple[ReportLine, ...]:
    """Return the documents of a visible engagement, the last first. Raises Absent when it is not visible."""
    if not commitments_visible_to(actor).filter(uid=commitment_uid).exists():
        raise Absent("commitments.Commitment")
    rows = _filtered(actor, ReportFilters(commitment_uid=commitment_uid, sort="-numero"))
    return tuple(_line(row) for row in rows.values(*_LINE))


@dataclass(frozen=True, slots=True)
class Verified:
    """A document found by a fingerprint. `of_file`: it is that of a file (else of the printed figures)."""

    line: ReportLine
    of_file: FileFormat | None


def verified(*, actor: Actor, sha256: str) -> Verified | None:
    """Return the visible document of this fingerprint, of its figures or of one of its files (two queries)."""
    file = (
        files_visible_to(actor)
        .filter(content_sha256=sha256)
        .order_by("id")
        .values("report_id", "format")
        .first()
    )
    rows = _with_later(actor)
    found = rows.filter(pk=file["report_id"]) if file else rows.filter(facts_sha256=sha256)
    row = found.order_by("id").values(*_LINE).first()
    return Verified(_line(row), FileFormat(file["format"]) if file else None) if row else None


def last_closing(*, actor: Actor, before: date, **same: object) -> date | None:
    """Return the day of the last bilan of an earlier period of the same subject: what was validated since is late."""
    rows = reports_visible_to(actor).filter(
        owner_org_id=actor.organisation_id, kind=ReportKind.SUMMARY, ends_on__lt=before, **same
    )
    return rows.order_by("-issued_on").values_list("issued_on", flat=True).first()
