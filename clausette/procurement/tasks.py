"""Mails of the procurement room, sent by the worker. Arguments are identifiers: what is said is looked up here."""

from datetime import date
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.access.rights import named_rights
from clausette.kernel.mails import send
from clausette.kernel.mails import site as own_site
from clausette.procurement import notices
from clausette.procurement.links import mandate_link
from clausette.procurement.queries import mandate_recipients, mandate_to_mail
from clausette.procurement.rules.mandates import Told

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(name="procurement.mail_mandate", retry=AGAIN)
def mail_mandate(*, account_id: int, organisation_id: int, mandate: str, site: str) -> None:
    """Send the link of a mandate that still waits, under the rights of who gave it."""
    uid = UUID(mandate)
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        found = mandate_to_mail(actor=actor, uid=uid)
    if found:
        email, sent_at = found
        said = notices.mandate(email=email, firm=actor.organisation_name, link=site + mandate_link(uid, sent_at))
        send(said, to_file=is_demonstration())


@app.task(name="procurement.mail_mandate_told", retry=AGAIN)
def mail_mandate_told(*, mandate: str, told: Told, until: str) -> None:
    """Tell the administrators of who holds a mandate, unless it changed meanwhile: a later mail says how."""
    uid = UUID(mandate)
    for one in mandate_recipients(uid=uid):
        changed = told == "extended" and one.ends_on != date.fromisoformat(until)
        if changed or (one.revoked and told != "revoked"):
            continue
        said = notices.mandate_told(
            email=one.email, firm=one.firm_name, told=told, one_contract=one.one_contract, starts_on=one.starts_on,
            ends_on=one.ends_on, link=f"{own_site()}/o/{one.slug}/", key=f"mandat-{uid}-{told}-{until}-{one.seat}",
        )  # fmt: skip
        send(said, to_file=is_demonstration())
