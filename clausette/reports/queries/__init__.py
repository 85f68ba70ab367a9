"""What may be read of the documents: lines, sheets, bytes, and the facts of one to come."""

from clausette.reports.queries.certificate import Draft, draft_certificate, numbered
from clausette.reports.queries.followup import SUBJECTS, Asked, FollowUpDraft, draft_follow_up
from clausette.reports.queries.lists import (
    FileLine,
    ReportContent,
    ReportFilters,
    ReportLine,
    ReportPage,
    ReportSheet,
    Verified,
    issued_for,
    last_closing,
    latest_reports,
    list_reports,
    report_content,
    report_sheet,
    verified,
)
from clausette.reports.queries.recipients import recipients_of
from clausette.reports.queries.scopes import SubjectChoice, Target, first_start, subject_choices
from clausette.reports.queries.touched import documents_of_month
from clausette.reports.queries.visibility import files_visible_to, reports_visible_to

__all__ = [
    "SUBJECTS",
    "Asked",
    "Draft",
    "FileLine",
    "FollowUpDraft",
    "ReportContent",
    "ReportFilters",
    "ReportLine",
    "ReportPage",
    "ReportSheet",
    "SubjectChoice",
    "Target",
    "Verified",
    "documents_of_month",
    "draft_certificate",
    "draft_follow_up",
    "files_visible_to",
    "first_start",
    "issued_for",
    "last_closing",
    "latest_reports",
    "list_reports",
    "numbered",
    "recipients_of",
    "report_content",
    "report_sheet",
    "reports_visible_to",
    "subject_choices",
    "verified",
]
