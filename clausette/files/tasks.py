"""Care of the disk, at night; who is told that a piece is destroyed. The quarantine is looked at by `privacy.tasks`."""

from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.deposit_rules import has_address
from clausette.access.deposits import reached
from clausette.access.queries import account_numbered, is_demonstration
from clausette.access.rights import named_rights
from clausette.files import notices
from clausette.files.queries import destroyed_piece
from clausette.files.sweeping import sweep
from clausette.kernel import clock
from clausette.kernel.errors import Absent
from clausette.kernel.mails import send, site

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)
KEPT = timedelta(hours=24)


@app.periodic(cron="11 4 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep_rolled_back(timestamp: int) -> None:
    """Take off the disk the bytes that no row points to, once a day old."""
    sweep(before=clock.now() - KEPT)


@app.task(name="files.tell_destroyed", retry=AGAIN)
def tell_destroyed(*, account_id: int, organisation_id: int, file: str) -> None:
    """Write to who handed in a piece that is destroyed; who left is not written to."""
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        gone = destroyed_piece(actor=actor, uid=UUID(file))
    try:
        account = account_numbered(gone.deposited_by_id)
    except Absent:
        return
    without_account = reached(account_id=account.pk)
    email, path = without_account or (account.email, f"/o/{actor.slug}/")
    if not has_address(email):
        return
    mail = notices.destroyed(
        email=email, full_name="" if without_account else account.full_name, given_on=gone.given_on,
        became=gone.became, of_hours=gone.of_hours, link=f"{site()}{path}",
    )  # fmt: skip
    send(mail, to_file=is_demonstration())
