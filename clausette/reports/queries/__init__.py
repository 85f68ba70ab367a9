"""What may be read of the documents: lines, sheets, bytes, and the facts of one to come."""

from clausette.reports.queries.certificate import Draft, draft_certificate, numbered
from clausette.reports.queries.lists import (
    ReportContent,
    ReportFilters,
    ReportLine,
    ReportPage,
    ReportSheet,
    issued_for,
    latest_reports,
    list_reports,
    report_content,
    report_sheet,
)
from clausette.reports.queries.visibility import reports_visible_to

__all__ = [
    "Draft",
    "ReportContent",
    "ReportFilters",
    "ReportLine",
    "ReportPage",
    "ReportSheet",
    "draft_certificate",
    "issued_for",
    "latest_reports",
    "list_reports",
    "numbered",
    "report_content",
    "report_sheet",
    "reports_visible_to",
]
