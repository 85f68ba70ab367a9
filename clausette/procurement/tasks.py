"""Mails of the procurement room, sent by the worker. Arguments are identifiers: what is said is looked up here."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.access.rights import named_rights
from clausette.kernel.mails import send
from clausette.procurement import notices
from clausette.procurement.links import mandate_link
from clausette.procurement.queries import mandate_emails

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(name="procurement.mail_mandate", retry=AGAIN)
def mail_mandate(*, account_id: int, organisation_id: int, mandate: str, site: str) -> None:
    """Send the link of a mandate that still waits, under the rights of who gave it."""
    uid = UUID(mandate)
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        email = mandate_emails(actor=actor, uids=[uid]).get(uid)
    if email:
        said = notices.mandate(email=email, firm=actor.organisation_name, link=site + mandate_link(uid))
        send(said, to_file=is_demonstration())
