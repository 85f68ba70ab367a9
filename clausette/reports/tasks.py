"""Long documents, set by the worker. Arguments are identifiers; rights are those of who asked, when it runs."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.rights import named_rights
from clausette.reports.operations import set_files

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="reports.set_files", retry=AGAIN)
def set_handed_over(*, account_id: int, organisation_id: int, report: str) -> None:
    """Set the formats of a document that are still missing. Done already by a job asked twice: nothing is written."""
    with named_rights(account_id, organisation_id) as actor:
        set_files(actor=actor, report_uid=UUID(report))
