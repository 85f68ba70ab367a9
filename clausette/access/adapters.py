"""What we change in the sign-in library: no sign-up, our own delays, encrypted second factors."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clausette.access import failures
from clausette.kernel import clock
from clausette.kernel.operation import writing


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed: one comes in by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try that comes too soon after too many failures."""
        device = request.COOKIES.get(failures.DEVICE_COOKIE, "")
        if failures.must_wait(str(credentials.get("email", "")), device):
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage = None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        failures.count_failure(str(credentials.get("email", "")))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """After a full sign-in, second factor included: forget the failures, know this browser again."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        failures.forget_failures(user.email)
        secret = failures.remember_device(user.pk, request.COOKIES.get(failures.DEVICE_COOKIE, ""))
        response.set_cookie(
            failures.DEVICE_COOKIE,
            secret,
            max_age=failures.DEVICE_COOKIE_AGE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        return response

    def set_password(self, user: Any, password: str) -> None:
        with writing("access.login"):
            super().set_password(user, password)


def _box() -> Fernet:
    key = sha256(b"second factor|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of second factors are encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt_at_time(text.encode(), int(clock.now().timestamp())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()
