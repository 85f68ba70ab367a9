"""A member lost telephone and codes: an administrator takes the second factor off, and the person is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail as outbox
from django.test import Client

from clausette.access import tasks
from clausette.access.enums import MemberRole
from clausette.access.models import Membership
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in
from tests.web.test_account_own import jobs
from tests.world import PASSWORD, body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.directory_urls")]


@pytest.fixture
def chief() -> Actor:
    demonstration()
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


@pytest.fixture
def browser(client: Client, chief: Actor) -> Client:
    sign_in(client, chief.account_id)
    return client


def enrolled(place: Actor, email: str = "zoe@bati.example") -> Actor:
    mate = member(place, email, MemberRole.MEMBER)
    with as_owner():
        for kind in ("totp", "recovery_codes"):
            Authenticator.objects.create(user_id=mate.account_id, type=kind, data={})
    return mate


def path(who: Actor) -> str:
    with as_owner():
        seat = Membership.objects.filter(account_id=who.account_id, organisation_id=who.organisation_id).get()
    return f"/o/{who.slug}/structure/membres/{seat.uid}/double-authentification/"


def factors(who: Actor) -> int:
    with as_owner():
        return int(Authenticator.objects.filter(user_id=who.account_id).count())


def test_it_is_taken_off_sessions_end_and_a_mail_tells(browser: Client, chief: Actor) -> None:
    zoe, hers = enrolled(chief), Client()
    sign_in(hers, zoe.account_id)
    assert "de vive voix" in browser.get(path(zoe)).content.decode()
    answer = browser.post(path(zoe), {"current": PASSWORD})
    assert answer.headers["Location"] == f"/o/{chief.slug}/structure/"
    assert factors(zoe) == 0
    assert hers.get(f"/o/{chief.slug}/structure/").headers["Location"].startswith("/compte/connexion/")
    [(name, values)] = jobs()
    assert name == "access.mail_factor_forgotten"
    tasks.mail_factor_forgotten(**values)  # type: ignore[arg-type]  # read back from JSON
    with as_owner():
        event = Event.objects.get(verb="access.membership.factor_forgotten")
    assert event.account_id == chief.account_id


def test_the_mail_is_sent_outside_the_demonstration(client: Client) -> None:
    chief = member(body("Bâti Ouche", "contractor"), "chef@bati.example")
    sign_in(client, chief.account_id)
    client.post(path(enrolled(chief)), {"current": PASSWORD})
    for _, values in jobs():
        tasks.mail_factor_forgotten(**values)  # type: ignore[arg-type]  # read back from JSON
    assert [one.to for one in outbox.outbox] == [["zoe@bati.example"]]
    assert "double authentification" in str(outbox.outbox[0].body)


def test_the_password_is_asked_again(browser: Client, chief: Actor) -> None:
    zoe = enrolled(chief)
    for wrong in ("", "autre chose que le bon"):
        assert browser.post(path(zoe), {"current": wrong}).status_code == 400
    assert factors(zoe) == 2


def test_who_may_not_reads_why(browser: Client, chief: Actor) -> None:
    zoe, plain = enrolled(chief), member(chief, "jo@bati.example", MemberRole.MEMBER)
    assert "pas de double authentification" in browser.get(path(plain)).content.decode()
    assert "demandez-le à un autre" in browser.post(path(chief), {"current": PASSWORD}).content.decode()
    member(two_structures().first, "", account_id=zoe.account_id)
    assert "une autre structure" in browser.post(path(zoe), {"current": PASSWORD}).content.decode()
    sign_in(browser, plain.account_id)
    assert browser.post(path(zoe), {"current": PASSWORD}).status_code == 403
    assert factors(zoe) == 2


def test_foreign_absent_and_method(browser: Client, chief: Actor) -> None:
    other = enrolled(two_structures().first, "ana2@lys.example")
    foreign = path(other).replace(other.slug, chief.slug)
    assert browser.get(foreign).status_code == 404
    assert browser.post(foreign, {"current": PASSWORD}).status_code == 404
    assert browser.put(path(enrolled(chief))).status_code == 405
    assert factors(other) == 2
