"""What a person does to their own account: name, password, address. No organisation, hence no event."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from clausette.access import failures
from clausette.access.links import account_of_reset, email_of_link
from clausette.access.models import Account
from clausette.access.operations import close_other_sessions
from clausette.access.rules import hashed
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated, writing
from clausette.kernel.queue import enqueue
from clausette.kernel.text import collapse

WRONG_PASSWORD = "Ce n'est pas votre mot de passe actuel."  # noqa: S105 - a sentence
LINK_GONE = "Ce lien n'est plus valable : il a servi, ou il a plus d'une heure. Demandez-en un nouveau."


def strong_password(password: str, *, email: str, full_name: str) -> str:
    """Return the password if it may be chosen. Raises Refusal with the sentences of what it lacks (`password`)."""
    try:
        password_validation.validate_password(password, Account(email=email, full_name=full_name))
    except ValidationError as exc:
        raise Refusal(" ".join(exc.messages), field="password") from exc
    return password


def _demand_password(account: Account, password: str) -> None:
    """Raise Refusal (field `current`) when it is not theirs; guessing gets slower, as at the sign-in."""
    tries = f"{account.pk}|password"
    if failures.must_wait(tries, ""):
        raise Refusal(
            "Trop d'essais. Attendez un moment (15 minutes au plus), puis réessayez.", field="current"
        )
    if not account.check_password(password):
        failures.count_failure(tries)
        raise Refusal(WRONG_PASSWORD, field="current")
    failures.forget_failures(tries)


def prove(account: Account, *, password: str) -> None:
    """Ask for the password again before a grave act. Raises Refusal (field `current`)."""
    _demand_password(account, password)


def rename(account: Account, *, full_name: str) -> None:
    """Change one's own name. Raises Refusal."""
    name = collapse(full_name)
    if not name:
        raise Refusal("Écrivez votre prénom et votre nom.", field="full_name")
    with writing("access.login"):
        Account.objects.filter(pk=account.pk).update(full_name=name)


def _set_password(account: Account, password: str, *, keep_session: str) -> None:
    with isolated(), writing("access.login"):
        account.set_password(strong_password(password, email=account.email, full_name=account.full_name))
        account.save(update_fields=["password"])
        close_other_sessions(account_id=account.pk, session_key_hash=keep_session and hashed(keep_session))
        enqueue("access.mail_password_changed", account=account.pk)


def change_password(account: Account, *, current: str, password: str, session_key: str) -> None:
    """Choose another password: every other session ends, a mail says so. Raises Refusal (current, password)."""
    _demand_password(account, current)
    _set_password(account, password, keep_session=session_key)


def ask_reset(*, email: str, site: str) -> None:
    """Send the link of a new password, if somebody has this address: nothing tells whether it is so."""
    key = f"{email}|reset"
    if failures.must_wait(key, ""):
        return  # ten mails a day to one address are enough
    failures.count_failure(key)
    found = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    enqueue("access.mail_reset", account=found.pk if found else 0, site=site)


def reset_password(*, uid: UUID, token: str, password: str) -> None:
    """Choose a new password with the link of a mail: every session ends. Raises Refusal (link, password)."""
    account = account_of_reset(uid=uid, token=token)
    if account is None:
        raise Refusal(LINK_GONE)
    _set_password(account, password, keep_session="")
    failures.forget_failures(account.email)


def ask_email(account: Account, *, current: str, email: str, site: str) -> None:
    """Ask for another address: it gets a link, the present one a warning. Raises Refusal (current, email).

    An address that already opens another account gets nothing, and the answer does not tell.
    """
    _demand_password(account, current)
    email = email.strip().lower()
    if email == account.email:
        raise Refusal("C'est déjà votre adresse.", field="email")
    with isolated(), writing("access.login"):
        EmailAddress.objects.filter(user_id=account.pk, verified=False, primary=False).delete()
        if not Account.objects.filter(email=email).exists():
            EmailAddress.objects.create(user_id=account.pk, email=email, verified=False, primary=False)
        enqueue("access.mail_email_change", account=account.pk, site=site)
        enqueue("access.mail_email_asked", account=account.pk)


def confirm_email(account: Account, *, token: str) -> str:
    """Sign in with the new address from now on; return it. Raises Refusal when the link is not good any more."""
    email = email_of_link(account_id=account.pk, token=token)
    if not email or Account.objects.filter(email=email).exists():
        raise Refusal(LINK_GONE)
    with isolated(), writing("access.login"):
        EmailAddress.objects.filter(user_id=account.pk).delete()
        EmailAddress.objects.create(user_id=account.pk, email=email, verified=True, primary=True)
        Account.objects.filter(pk=account.pk).update(email=email)
    return email
