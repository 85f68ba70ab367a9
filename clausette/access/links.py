"""Links of mails about one's own account: they prove the address, and never sign anybody in by themselves."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

from clausette.access.models import Account
from clausette.access.queries import active_account, pending_email
from clausette.access.rules import link_secret

EMAIL_SALT = "clausette.access.email"
EMAIL_SECONDS = 60 * 60


def reset_link(account: Account) -> str:
    """Return the path that chooses a new password: one hour, useless once the password or the last sign-in moved."""
    return f"/compte/mot-de-passe/{account.uid}/{default_token_generator.make_token(account)}/"


def account_of_reset(*, uid: UUID, token: str) -> Account | None:
    """Return the account of such a link, None when it is not good any more."""
    account = active_account(uid=uid)
    return account if account and default_token_generator.check_token(account, token) else None


def deposit_secret(link: UUID) -> str:
    """Return the secret of the link of a « dépôt sans compte »."""
    return link_secret(settings.SECRET_KEY, "deposit", link)


def deposit_link(link: UUID) -> str:
    """Return the path of a « dépôt sans compte »: one button that sends a code, nothing else."""
    return f"/compte/depot/{deposit_secret(link)}/"


def email_link(*, account_id: int, email: str) -> str:
    """Return the path that confirms a new address: one hour."""
    return f"/compte/courriel/{signing.dumps([account_id, email], salt=EMAIL_SALT)}/"


def email_of_link(*, account_id: int, token: str) -> str:
    """Return the address that a link confirms for this account, "" when it is not good (any more)."""
    try:
        owner, email = signing.loads(token, salt=EMAIL_SALT, max_age=EMAIL_SECONDS)
    except (signing.BadSignature, ValueError):
        return ""
    return str(email) if owner == account_id and email == pending_email(account_id=account_id) else ""
