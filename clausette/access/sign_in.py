"""Signing in, step by step: the password, the second factor when there is one, then the session.

The library beneath checks passwords and holds second factors; the addresses, the sentences and the order are ours.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from clausette.access import failures
from clausette.access.models import Account
from clausette.access.queries import account_numbered, is_demonstration
from clausette.access.second_factor import has_second_factor
from clausette.kernel.errors import Absent, Refusal

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
WAITING = "second_step"
WAITING_SECONDS = 10 * 60
# the same for an address that exists and one that does not
WRONG = "Adresse électronique ou mot de passe inexact."
TOO_MANY = "Trop d'essais pour cette adresse. Attendez un moment (15 minutes au plus), puis réessayez."


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose password is good and whose second factor is awaited."""

    account: Account
    next: str


def check_password(request: HttpRequest, *, email: str, password: str) -> Account:
    """Return the account of this address and password. Raises Refusal, the same whether the address is known."""
    try:
        account = get_adapter(request).authenticate(request, email=email.strip().lower(), password=password)
    except ValidationError:
        raise Refusal(TOO_MANY) from None
    if not isinstance(account, Account):
        raise Refusal(WRONG)
    return account


def enter(request: HttpRequest, account: Account, *, back: str, at: datetime) -> bool:
    """Open the session, or (second factor) keep who waits for the next step; return whether it is open."""
    if has_second_factor(account_id=account.pk) and not is_demonstration():
        request.session[WAITING] = {"account": account.pk, "next": back, "at": at.timestamp()}
        return False
    open_session(request, account)
    return True


def waiting(request: HttpRequest, *, at: datetime) -> Waiting | None:
    """Return who is between the two steps, None when nobody is (or was, more than ten minutes ago)."""
    found = request.session.get(WAITING)
    if not isinstance(found, dict) or at.timestamp() - float(found["at"]) > WAITING_SECONDS:
        return None
    try:
        return Waiting(account_numbered(int(found["account"])), str(found["next"]))
    except Absent:
        return None


def open_session(request: HttpRequest, account: Account) -> None:
    """Sign in for good: a new key for the session, written at once so that rights can be opened."""
    request.session.pop(WAITING, None)
    login(request, account, backend=BACKEND)
    request.session.save()


def close_session_here(request: HttpRequest) -> None:
    """Sign out: the session disappears from the server."""
    logout(request)


def know_again(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """After a full sign-in: forget the failures, and know this browser the next time."""
    failures.forget_failures(account.email)
    secret = failures.remember_device(account.pk, request.COOKIES.get(failures.DEVICE_COOKIE, ""))
    response.set_cookie(
        failures.DEVICE_COOKIE,
        secret,
        max_age=failures.DEVICE_COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
