"""What the doors let in, and how each refusal is answered."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.access.models import Account, Membership, Organisation, Session
from clausette.access.operations import close_session
from clausette.access.queries import sessions_of
from clausette.journal.models import Reading
from clausette.kernel.actor import Actor
from clausette.kernel.clock import now
from clausette.web import doors
from tests.access import door_urls
from tests.hats import BACKEND, acting, as_owner, sign_in
from tests.world import body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.door_urls")]


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


@pytest.fixture
def browser(firm: Actor) -> Client:
    client = Client()
    sign_in(client, firm.account_id)
    return client


def test_a_member_enters_with_the_rights_of_the_organisation_in_the_address(
    browser: Client, firm: Actor
) -> None:
    answer = browser.get(f"/o/{firm.slug}/count/")
    assert (answer.status_code, answer.content.decode()) == (200, f"{firm.slug} 1")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "HX-Request" in answer.headers["Vary"]


def test_a_stranger_and_a_missing_organisation_get_the_same_404(browser: Client, firm: Actor) -> None:
    other = two_structures().second
    answers = [browser.get(f"/o/{slug}/count/") for slug in (other.slug, "inconnue")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_nobody_signed_in_is_sent_to_the_sign_in_page_and_back() -> None:
    answer = Client().get("/o/bati-ouche/count/?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (
        302, "/compte/connexion/?next=/o/bati-ouche/count/%3Fpage%3D2",
    )  # fmt: skip
    assert Client().get("/compte/me/").status_code == 302
    assert Client().get("/tous/").content == b"tous"


def test_a_page_reserved_to_others_says_to_whom(browser: Client, firm: Actor) -> None:
    answer = browser.get(f"/o/{firm.slug}/reserved/")
    assert answer.status_code == 403
    assert "« maître d&#x27;ouvrage » ou « financeur »" in answer.content.decode()


def test_a_refusal_of_the_door_never_calls_the_view(browser: Client, firm: Actor) -> None:
    """The matrix tries one object for each of these refusals (tests/isolation/selection.py)."""
    first, second = two_structures().first, Client()
    sign_in(second, first.account_id)
    door_urls.entered.clear()
    refused = [
        browser.post(f"/o/{firm.slug}/count/"), Client().get(f"/o/{firm.slug}/count/"),
        browser.get(f"/o/{first.slug}/count/"), browser.get("/o/inconnue/count/"),
        second.get(f"/o/{first.slug}/count/"), browser.get(f"/o/{firm.slug}/reserved/"),
    ]  # fmt: skip
    assert [answer.status_code for answer in refused] == [405, 302, 404, 404, 302, 403]
    assert door_urls.entered == []
    assert browser.get(f"/o/{firm.slug}/count/").status_code == 200
    assert door_urls.entered == ["count"]


def test_wrong_methods_are_refused(browser: Client, firm: Actor) -> None:
    assert browser.post(f"/o/{firm.slug}/count/").status_code == 405
    assert browser.delete(f"/o/{firm.slug}/act/").status_code == 405
    assert browser.head(f"/o/{firm.slug}/count/").status_code == 200


@pytest.mark.parametrize(
    ("say", "status", "sentence"),
    [
        ("", 200, "fait"),
        ("conflict", 409, "est passé avant vous"),
        ("refusal", 400, "pas possible"),
        ("not allowed", 403, "Pas vous."),
        ("integrity", 409, "contredit une donnée"),
    ],
)
def test_each_refusal_has_its_page(
    browser: Client, firm: Actor, say: str, status: int, sentence: str
) -> None:
    answer = browser.post(f"/o/{firm.slug}/act/", {"say": say})
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_an_object_that_does_not_exist_is_a_404_inside_one_s_organisation(
    browser: Client, firm: Actor
) -> None:
    assert browser.get(f"/o/{firm.slug}/one/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_a_page_cannot_write(browser: Client, firm: Actor) -> None:
    with pytest.raises(DatabaseError, match="read-only"):
        browser.get(f"/o/{firm.slug}/writes/")
    with as_owner():
        assert not Organisation.objects.filter(name="écrit en lisant").exists()


def test_readings_are_written_after_the_page_by_the_reader(browser: Client, firm: Actor) -> None:
    assert browser.get(f"/o/{firm.slug}/reads/").content == b"lu"
    with as_owner():
        found = sorted(Reading.objects.values_list("account_id", "organisation_id", "kind", "subject_uid"))
    mine = (firm.account_id, firm.organisation_id, "identity")
    assert found == [(*mine, UUID(int=7)), (*mine, UUID(int=8))]
    with acting(firm):
        assert Reading.objects.count() == 2


def test_a_page_is_refused_when_its_readings_cannot_be_written(
    browser: Client, firm: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise DatabaseError("no journal")

    monkeypatch.setattr(doors, "write_readings", fail)
    with pytest.raises(DatabaseError):
        browser.get(f"/o/{firm.slug}/reads/")


def test_a_facilitator_without_second_factor_is_sent_to_enrol() -> None:
    actor, client = two_structures().first, Client()
    sign_in(client, actor.account_id)
    answer = client.get(f"/o/{actor.slug}/count/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/compte/second-facteur/")
    demonstration()
    assert client.get(f"/o/{actor.slug}/count/").status_code == 200


def test_the_rights_of_one_request_do_not_reach_the_next(browser: Client, firm: Actor) -> None:
    assert browser.get(f"/o/{firm.slug}/count/").status_code == 200
    with as_owner():
        Membership.objects.filter(account_id=firm.account_id).update(
            valid_to="2020-01-01", valid_from="2019-01-01"
        )
    assert browser.get(f"/o/{firm.slug}/count/").status_code == 404


def test_a_closed_session_is_out_at_once(browser: Client, firm: Actor) -> None:
    [line] = sessions_of(account_id=firm.account_id, session_key=browser.cookies["clausette"].value)
    assert line.is_this_one is True
    close_session(account_id=firm.account_id, uid=line.uid)
    assert browser.get(f"/o/{firm.slug}/count/").status_code == 302
    assert Session.objects.count() == 0


def test_the_page_with_rights_costs_seven_statements_and_its_own(browser: Client, firm: Actor) -> None:
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/o/{firm.slug}/count/")
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # session, account, READ ONLY, (test only: context kept), open, the view's, (test only: context put back)
    assert len(own) == 7, own


def test_a_form_sent_after_the_session_ended_waits_for_the_sign_in(firm: Actor) -> None:
    client = Client()
    sign_in(client, firm.account_id)
    with as_owner():
        Session.objects.update(seen_at=now() - timedelta(hours=2))
    answer = client.post(f"/o/{firm.slug}/act/?mois=10", {"say": "refusal", "note": ["une & deux", "trois"]})
    assert answer.headers["Location"] == "/compte/connexion/?next=/compte/reprise/"
    session = client.session
    session.update({SESSION_KEY: str(firm.account_id), BACKEND_SESSION_KEY: BACKEND})
    session[HASH_SESSION_KEY] = Account.objects.get(pk=firm.account_id).get_session_auth_hash()
    session.save()
    page = client.get("/compte/reprise/").content.decode()
    assert f'action="/o/{firm.slug}/act/?mois=10"' in page
    assert page.count('name="note"') == 2
    assert 'value="une &amp; deux"' in page
    assert client.get("/compte/reprise/").headers["Location"] == "/", "shown once"


def test_a_fragment_asked_without_session_sends_the_whole_page_to_the_sign_in() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/o/x/heures/?page=2"}
    answer = Client().get("/o/x/count/", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        200,
        "/compte/connexion/?next=/o/x/heures/",
    )
