"""Mails about accounts, sent by the worker. Arguments are identifiers: what the mail says is looked up here."""

from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access import failures, notices
from clausette.access.deposit_rules import code_of
from clausette.access.deposits import mail_of
from clausette.access.links import deposit_link, email_link, reset_link
from clausette.access.operations import invitation_secret
from clausette.access.queries import (
    account_numbered,
    alert_recipients,
    deposits_visible_to,
    is_demonstration,
    pending_email,
    sent_invitation,
)
from clausette.access.rights import named_rights
from clausette.access.sessions import SessionStore
from clausette.kernel.mails import Mail, send
from clausette.kernel.queue import URGENT

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)


def _send(mail: Mail) -> None:
    send(mail, to_file=is_demonstration())


@app.task(name="access.mail_invitation", retry=AGAIN)
def mail_invitation(*, account_id: int, organisation_id: int, invitation: str, site: str) -> None:
    """Send the link of an invitation that still waits, under the rights of who invited."""
    uid = UUID(invitation)
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        found = sent_invitation(actor=actor, uid=uid)
    if found is not None:
        link = f"{site}/compte/invitation/{invitation_secret(uid)}/"
        _send(
            notices.invitation(
                email=found.email, full_name=found.full_name, organisation_name=found.organisation_name,
                invited_by=actor.account_name, link=link,
            )
        )  # fmt: skip


@app.task(name="access.mail_deposit_link", retry=AGAIN)
def mail_deposit_link(*, account_id: int, organisation_id: int, deposit: str, site: str) -> None:
    """Send the link of a deposit, under the rights of who opened it."""
    with named_rights(account_id, organisation_id, read_only=True) as actor:
        row = deposits_visible_to(actor).filter(uid=UUID(deposit)).first()
    if row is not None:
        _send(
            notices.deposit_link(
                email=row.email, owner=actor.organisation_name, link=site + deposit_link(row.link)
            )
        )


@app.task(name="access.mail_deposit_code", queue=URGENT, retry=AGAIN)
def mail_deposit_code(*, deposit: str, nonce: str) -> None:
    """Send the code of a deposit that is still open."""
    uid = UUID(deposit)
    found = mail_of(deposit=uid)
    if found is not None:
        code = code_of(settings.SECRET_KEY, uid, nonce)
        _send(notices.deposit_code(email=found[0], owner=found[1], code=code))


@app.task(name="access.mail_reset", retry=AGAIN)
def mail_reset(*, account: int, site: str) -> None:
    """Send the link of a new password; 0 is nobody: the answer takes as long for an unknown address."""
    if account:
        row = account_numbered(account)
        _send(notices.password_reset(email=row.email, full_name=row.full_name, link=site + reset_link(row)))


@app.task(name="access.mail_password_changed", retry=AGAIN)
def mail_password_changed(*, account: int) -> None:
    """Say that the password changed."""
    row = account_numbered(account)
    _send(notices.password_changed(email=row.email, full_name=row.full_name))


@app.task(name="access.mail_factor_forgotten", retry=AGAIN)
def mail_factor_forgotten(*, account: int) -> None:
    """Say that an administrator took off the second factor."""
    row = account_numbered(account)
    _send(notices.factor_forgotten(email=row.email, full_name=row.full_name))


@app.task(name="access.mail_idle", retry=AGAIN)
def mail_idle(*, account: int, days: int) -> None:
    """Say that an account that nobody uses will be closed."""
    row = account_numbered(account)
    _send(notices.idle(email=row.email, full_name=row.full_name, days=days))


@app.task(name="access.mail_email_change", retry=AGAIN)
def mail_email_change(*, account: int, site: str) -> None:
    """Send the link that proves a new address, to that address."""
    row = account_numbered(account)
    wanted = pending_email(account_id=account)
    if wanted:
        link = site + email_link(account_id=account, email=wanted)
        _send(notices.email_change(email=wanted, full_name=row.full_name, link=link))


@app.task(name="access.mail_email_asked", retry=AGAIN)
def mail_email_asked(*, account: int) -> None:
    """Tell the present address that another was asked for."""
    row = account_numbered(account)
    _send(notices.email_asked(email=row.email, full_name=row.full_name))


@app.task(name="access.mail_reading_alert", queue=URGENT, retry=AGAIN)
def mail_reading_alert(*, alert: str, site: str) -> None:
    """Tell the administrators of a structure that an account opened many persons."""
    for email, full_name, slug in alert_recipients(alert=UUID(alert)):
        link = f"{site}/o/{slug}/structure/lectures/"
        _send(notices.reading_alert(email=email, full_name=full_name, link=link))


@app.periodic(cron="41 4 * * *")
@app.task(name="access.forget_expired", queueing_lock="access.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Delete what serves no more: sessions that ended, failures of past days, browsers not seen for six months."""
    SessionStore.clear_expired()
    failures.forget_old()
