"""Signing in by the library's own views: sessions, second factor, failures, log-out, under the guard of writes."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db.models import F
from django.test import Client

from clausette.access.models import Account, KnownDevice, LoginFailure, Session
from clausette.access.places import places_of
from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing
from tests.hats import as_owner
from tests.world import PASSWORD, body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.login_urls")]

LOGIN = "/compte/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in_by_form(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": email, "password": password}).status_code


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


def code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def test_a_password_opens_a_session_and_the_organisation(firm: Actor) -> None:
    client = Client(HTTP_USER_AGENT="Firefox de bureau")
    assert sign_in_by_form(client, "Chef@Bati.example") == 302
    assert client.get(f"/o/{firm.slug}/count/").status_code == 200
    row = Session.objects.get(account__isnull=False)
    assert (row.account_id, row.agent) == (firm.account_id, "Firefox de bureau")
    assert KnownDevice.objects.filter(account_id=firm.account_id).count() == 1


def test_logging_out_kills_the_session_on_the_server(firm: Actor) -> None:
    client = Client()
    sign_in_by_form(client, "chef@bati.example")
    cookie = client.cookies["clausette"].value
    assert len(places_of(cookie)) == 1
    client.post("/compte/logout/")
    assert places_of(cookie) == []
    client.cookies["clausette"] = cookie
    assert client.get(f"/o/{firm.slug}/count/").status_code == 302


def test_a_wrong_password_is_counted_and_the_eleventh_try_waits(
    firm: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    for _ in range(10):
        assert sign_in_by_form(client, "chef@bati.example", "faux mot de passe") == 200
    counted = LoginFailure.objects.get()
    assert counted.count == 10
    assert counted.blocked_until is not None
    with as_owner():  # the first wait is of one second: a busy machine would let it pass
        LoginFailure.objects.update(blocked_until=F("blocked_until") + timedelta(hours=1))
    assert sign_in_by_form(client, "chef@bati.example") == 200, "the good password waits too"
    assert Session.objects.filter(account__isnull=False).count() == 0
    with as_owner():
        LoginFailure.objects.update(blocked_until=None)
    assert sign_in_by_form(client, "chef@bati.example") == 302
    assert LoginFailure.objects.count() == 0


def test_a_second_factor_is_asked_and_only_then_the_rights_open() -> None:
    actor = two_structures().first
    with writing("test"):
        TOTP.activate(Account.objects.get(pk=actor.account_id), SECRET)
    assert SECRET not in str(Authenticator.objects.get().data)
    client = Client()
    assert sign_in_by_form(client, "ana@lys.example") == 302
    assert client.get(f"/o/{actor.slug}/count/").headers["Location"].startswith("/compte/connexion/")
    assert client.post("/compte/2fa/authenticate/", {"code": "000000"}).status_code == 200
    used = code()
    assert client.post("/compte/2fa/authenticate/", {"code": used}).status_code == 302
    assert client.get(f"/o/{actor.slug}/count/").status_code == 200


def test_a_closed_account_does_not_enter(firm: Actor) -> None:
    with as_owner():
        Account.objects.update(is_active=False)
    sign_in_by_form(Client(), "chef@bati.example")
    assert Session.objects.filter(account__isnull=False).count() == 0


def test_sign_up_is_closed(firm: Actor) -> None:
    answer = Client().post(
        "/compte/signup/", {"email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.status_code in (200, 302)
    assert Account.objects.filter(email="x@x.example").count() == 0


def test_in_the_demonstration_no_second_factor_is_asked() -> None:
    actor = two_structures().first
    demonstration()
    client = Client()
    assert sign_in_by_form(client, "ana@lys.example") == 302
    assert client.get(f"/o/{actor.slug}/count/").status_code == 200
