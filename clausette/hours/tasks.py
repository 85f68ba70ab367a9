"""What the worker does of hours: readings of progress made again, months reopened after their delay, their notice."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.access.rights import named_rights
from clausette.hours import notices
from clausette.hours.due import apply_due, reopening_recipients
from clausette.hours.operations.keeping import keep_progress, structures_to_read
from clausette.hours.queries import reopening as reopening_of
from clausette.kernel import clock
from clausette.kernel.errors import Absent
from clausette.kernel.mails import send, site
from clausette.kernel.queue import URGENT

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.periodic(cron="* * * * *")
@app.task(name="hours.keep_progress", lock="hours.keep_progress", queueing_lock="hours.keep_progress")
def keep_every_progress(timestamp: int) -> None:
    """Keep the readings of every structure, one transaction each."""
    _keep()


@app.task(name="hours.keep_progress_now", lock="hours.keep_progress")
def keep_progress_now() -> None:
    """The same at once, after a file that touched thousands of engagements: never beside the one of each minute."""
    _keep()


def _keep() -> None:
    for account, organisation in structures_to_read():
        with named_rights(account, organisation) as actor:
            keep_progress(actor=actor, as_of=clock.today())


@app.periodic(cron="*/5 * * * *")
@app.task(name="hours.apply_reopenings", lock="hours.apply_reopenings", queueing_lock="hours.apply_reopenings")
def apply_reopenings(timestamp: int) -> None:
    """Reopen the months whose delay is over."""
    apply_due(at=clock.now(), on=clock.today())


@app.task(name="hours.mail_reopening", queue=URGENT, retry=AGAIN)
def mail_reopening(*, account_id: int, organisation_id: int, reopening: str) -> None:
    """Tell the administrators that a month will be reopened; a request taken back meanwhile tells nobody."""
    uid = UUID(reopening)
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        try:
            found = reopening_of(actor=actor, uid=uid)
        except Absent:
            return
    if found.effective_at is None:
        return
    for email, full_name, slug in reopening_recipients(uid=uid):
        mail = notices.reopening_asked(
            email=email, full_name=full_name, asked_by=found.asked_by, month=found.month,
            contract_name=found.contract_name, effective_at=found.effective_at,
            link=f"{site()}/o/{slug}/heures/{found.statement_uid}/",
        )  # fmt: skip
        send(mail, to_file=is_demonstration())
