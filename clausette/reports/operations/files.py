"""The bytes of a document: set at once when it is short, by the worker when it is long. Each is kept with its hash."""

from hashlib import sha256
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.operation import about, created, operation, watch
from clausette.reports.enums import FileFormat
from clausette.reports.models import Report, ReportFile
from clausette.reports.paper import Paper
from clausette.reports.queries import files_visible_to, reports_visible_to
from clausette.reports.queries.facts import facts_of, paper_of
from clausette.reports.rendering.formats import RENDER

IN_REQUEST = 120
"""Engagements beyond which the worker sets the document: about three seconds of work (docs/reference/benchmarks.md)."""
LINES_IN_REQUEST = 6_000
"""The same for the lines of the workbook."""


def is_long(engagements: int, lines: int) -> bool:
    """Say whether a document is set by the worker."""
    return engagements > IN_REQUEST or lines > LINES_IN_REQUEST


def keep_file(actor: Actor, report: Report, chosen: FileFormat, content: bytes) -> ReportFile:
    """Keep the bytes of one format."""
    return created(
        ReportFile(
            report_id=report.pk,
            owner_org_id=actor.organisation_id,
            format=chosen,
            content=content,
            content_sha256=sha256(content).hexdigest(),
        )
    )


def keep_files(actor: Actor, report: Report, paper: Paper, formats: list[FileFormat]) -> None:
    """Set the paper in these formats and keep each."""
    for chosen in formats:
        keep_file(actor, report, chosen, RENDER[chosen](paper))


@operation("reports.file.set")
def set_files(*, actor: Actor, report_uid: UUID) -> int:
    """Set the formats of a document that are still missing, from its frozen facts; return how many. Raises Absent.

    Safe to run twice: a format already kept is left as it is.
    """
    rows = reports_visible_to(actor).filter(uid=report_uid, owner_org_id=actor.organisation_id)
    report = rows.order_by("id").first()
    if report is None:
        raise Absent("reports.Report")
    watch(report)
    if report.contract_id is not None:
        about(contract_id=report.contract_id)
    known = set(files_visible_to(actor).filter(report_id=report.pk).values_list("format", flat=True))
    missing = [FileFormat(one) for one in report.formats if one not in known]
    if missing:
        keep_files(actor, report, paper_of(facts_of(report.kind, report.facts)), missing)
    return len(missing)
