"""Issuing documents: numbered without gap, facts and bytes frozen together, never changed afterwards."""

from clausette.reports.operations.certificate import issue_certificate
from clausette.reports.operations.files import IN_REQUEST, set_files
from clausette.reports.operations.follow_up import issue_follow_up
from clausette.reports.operations.sending import send_report

__all__ = ["IN_REQUEST", "issue_certificate", "issue_follow_up", "send_report", "set_files"]
