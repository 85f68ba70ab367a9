"""Long documents, set by the worker. Arguments are identifiers; rights are those of who asked, when it runs."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.access.rights import named_rights
from clausette.kernel.errors import Absent
from clausette.kernel.mails import Attachment, send
from clausette.procurement.queries import contact_line
from clausette.reports import notices
from clausette.reports.operations import set_files
from clausette.reports.queries import report_content, report_sheet

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="reports.set_files", retry=AGAIN)
def set_handed_over(*, account_id: int, organisation_id: int, report: str) -> None:
    """Set the formats of a document that are still missing. Done already by a job asked twice: nothing is written."""
    with named_rights(account_id, organisation_id) as actor:
        set_files(actor=actor, report_uid=UUID(report))


@app.task(name="reports.mail_report", retry=AGAIN)
def mail_report(*, account_id: int, organisation_id: int, report: str, contact: str) -> None:
    """Send a document to one contact; tried again while its PDF is not set. A contact closed meanwhile gets nothing."""
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        try:
            who = contact_line(actor=actor, uid=UUID(contact))
        except Absent:
            return
        line = report_sheet(actor=actor, uid=UUID(report)).line
        file = report_content(actor=actor, uid=UUID(report))
    if not who.email or who.closed_on is not None:
        return
    text = notices.text_of(
        kind_label=line.kind_label, number=line.number, subject=line.contract_name, owner_name=line.owner_name
    )
    joined = Attachment(file.name, file.data, file.content_type)
    send(notices.document(email=who.email, kind=line.kind, text=text, file=joined), to_file=is_demonstration())
