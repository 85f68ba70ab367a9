"""Links of mails about one's own account: they prove the address, and never sign anybody in by themselves."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

from clausette.access.models import Account

EMAIL_SALT = "clausette.access.email"
EMAIL_SECONDS = 60 * 60


def reset_link(account: Account) -> str:
    """Return the path that chooses a new password: one hour, useless once the password or the last sign-in moved."""
    return f"/compte/mot-de-passe/{account.uid}/{default_token_generator.make_token(account)}/"


def account_of_reset(*, uid: UUID, token: str) -> Account | None:
    """Return the account of such a link, None when it is not good any more."""
    account = Account.objects.filter(uid=uid, is_active=True).first()
    return account if account and default_token_generator.check_token(account, token) else None


def pending_email(*, account_id: int) -> str:
    """Return the address an account has asked for and not yet confirmed, "" for none."""
    rows = EmailAddress.objects.filter(user_id=account_id, verified=False, primary=False).order_by("-id")
    return str(rows.values_list("email", flat=True).first() or "")


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
