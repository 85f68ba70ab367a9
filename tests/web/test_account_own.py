"""One's own account: name, password, address, sessions, second factor; the links of mails."""

import json
import re

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client

from clausette.access import tasks
from clausette.access.models import Account, Session
from clausette.access.second_factor import code_at, codes_left
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in
from tests.world import PASSWORD, account, body, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.account_urls")]

BETTER = "trois marmottes au marché"
PLACES = (
    "/compte/",
    "/compte/mot-de-passe/",
    "/compte/courriel/",
    "/compte/second-facteur/",
    "/compte/sessions/",
)


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


@pytest.fixture
def browser(client: Client, firm: Actor) -> Client:
    sign_in(client, firm.account_id)
    return client


def jobs() -> list[tuple[str, dict[str, object]]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id")
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def do_jobs() -> None:
    """What the worker does."""
    for name, values in jobs():
        getattr(tasks, name.removeprefix("access."))(**values)


def link_in_last_mail() -> str:
    found = re.search(r"http://testserver(/compte/\S+)", str(outbox.outbox[-1].body))
    assert found
    return found[1]


@pytest.mark.parametrize("path", PLACES)
def test_each_page_needs_somebody_signed_in(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/compte/connexion/?next=")


@pytest.mark.parametrize("path", PLACES)
def test_each_page_has_the_tabs_and_is_never_kept(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count('aria-current="page"') == 1
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_name_is_changed_and_never_emptied(browser: Client, firm: Actor) -> None:
    assert browser.post("/compte/", {"full_name": " Zoé   Martin "}).status_code == 302
    assert Account.objects.get(pk=firm.account_id).full_name == "Zoé Martin"
    assert browser.post("/compte/", {"full_name": "  "}).status_code == 400


@pytest.mark.parametrize(
    ("current", "password", "again", "sentence"),
    [
        ("faux", BETTER, BETTER, "votre mot de passe actuel"),
        (PASSWORD, "court", "court", "12 caractères"),
        (PASSWORD, BETTER, "autre chose ici", "sont différents"),
        (PASSWORD, "chef@bati.example", "chef@bati.example", "trop semblable"),
    ],
)
def test_a_refused_password_says_why(
    browser: Client, current: str, password: str, again: str, sentence: str
) -> None:
    answer = browser.post("/compte/mot-de-passe/", {"current": current, "password": password, "again": again})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert BETTER not in answer.content.decode()


def test_a_changed_password_closes_the_other_sessions_and_is_told(browser: Client, firm: Actor) -> None:
    other = Client()
    sign_in(other, firm.account_id)
    data = {"current": PASSWORD, "password": BETTER, "again": BETTER}
    assert browser.post("/compte/mot-de-passe/", data).status_code == 302
    assert other.get("/compte/").status_code == 302
    assert browser.get("/compte/").status_code == 200
    assert jobs() == [("access.mail_password_changed", {"account": firm.account_id})]
    do_jobs()
    assert outbox.outbox[-1].to == ["chef@bati.example"]


def test_a_forgotten_password_is_chosen_again_once(client: Client, firm: Actor) -> None:
    signed_in = Client()
    sign_in(signed_in, firm.account_id)
    assert client.post("/compte/mot-de-passe/oublie/", {"email": "Chef@bati.example"}).status_code == 200
    do_jobs()
    link = link_in_last_mail()
    assert client.get(link).status_code == client.get(link).status_code == 200, "opening uses nothing up"
    assert client.post(link, {"password": "court", "again": "court"}).status_code == 400
    answer = client.post(link, {"password": BETTER, "again": BETTER})
    assert answer.headers["Location"] == "/compte/connexion/?etat=mot-de-passe"
    assert client.get(link).status_code == 404
    assert signed_in.get("/compte/").status_code == 302
    assert client.get("/compte/").status_code == 302, "a link signs nobody in"
    assert Account.objects.get(pk=firm.account_id).check_password(BETTER)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, firm: Actor) -> None:
    known, unknown = (
        client.post("/compte/mot-de-passe/oublie/", {"email": email}).content.decode()
        for email in ("chef@bati.example", "x@x.example")
    )
    assert known.replace("chef@bati.example", "x@x.example") == unknown
    assert [values["account"] for _, values in jobs()] == [firm.account_id, 0]
    do_jobs()
    assert [message.to for message in outbox.outbox] == [["chef@bati.example"]]


def test_a_new_address_proves_itself_before_it_opens_the_account(browser: Client, firm: Actor) -> None:
    data = {"email": "Patron@bati.example", "current": PASSWORD}
    assert "patron@bati.example" in browser.post("/compte/courriel/", data).content.decode().lower()
    assert all("@" not in str(values) for _, values in jobs()), "the queue holds numbers only"
    do_jobs()
    first, second = outbox.outbox
    assert (first.to, second.to) == (["patron@bati.example"], ["chef@bati.example"])
    found = re.search(r"http://testserver(/compte/\S+)", str(first.body))
    assert found
    assert Account.objects.get(pk=firm.account_id).email == "chef@bati.example"
    stranger = Client()
    sign_in(stranger, account("autre@x.example"))
    assert stranger.get(found[1]).status_code == 404
    assert browser.get(found[1]).status_code == 200
    assert browser.post(found[1]).status_code == 302
    assert Account.objects.get(pk=firm.account_id).email == "patron@bati.example"
    assert browser.get(found[1]).status_code == 404
    again = Client().post("/compte/connexion/", {"email": "patron@bati.example", "password": PASSWORD})
    assert again.status_code == 302


def test_the_address_of_somebody_else_gets_nothing_and_nobody_learns_it(browser: Client) -> None:
    account("autre@x.example")
    answers = [
        browser.post("/compte/courriel/", {"email": email, "current": PASSWORD}).content.decode()
        for email in ("autre@x.example", "libre@x.example")
    ]
    taken, free = (re.sub(r'value="[^"]{64}"', "", answer) for answer in answers)
    assert taken.replace("autre@x.example", "libre@x.example") == free
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM account_emailaddress WHERE email = 'autre@x.example'")
        assert cursor.fetchone() == (1,)


def test_one_sees_one_s_sessions_and_closes_them(browser: Client, firm: Actor) -> None:
    phone, laptop = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 15) Firefox/140.0"), Client()
    sign_in(phone, firm.account_id)
    sign_in(laptop, firm.account_id)
    assert browser.get("/compte/sessions/").content.decode().count("/fermer/") == 2
    closed = [
        browser.post(f"/compte/sessions/{uid}/fermer/").headers["Location"]
        for uid in Session.objects.order_by("-created_at", "uid").values_list("uid", flat=True)
    ]
    assert "/compte/connexion/?etat=deconnexion" in closed, "this one too"
    sign_in(browser, firm.account_id)
    sign_in(phone, firm.account_id)
    assert browser.post("/compte/sessions/fermer-les-autres/").status_code == 302
    assert phone.get("/compte/").status_code == 302
    assert browser.get("/compte/").status_code == 200


def test_nobody_closes_the_session_of_another(browser: Client) -> None:
    other = Client()
    number = account("autre@x.example")
    sign_in(other, number)
    uid = Session.objects.get(account_id=number).uid
    browser.post(f"/compte/sessions/{uid}/fermer/")
    assert other.get("/compte/").status_code == 200


def test_the_telephone_is_enrolled_with_its_first_code_and_paper_codes_are_shown_once() -> None:
    actor, client = two_structures().first, Client()
    sign_in(client, actor.account_id)
    assert client.get(f"/o/{actor.slug}/structure/").headers["Location"] == "/compte/second-facteur/"
    page = client.get("/compte/second-facteur/").content.decode()
    found = re.search(r"<code data-secret>([A-Z2-7 ]+)</code>", page)
    assert found
    assert "<svg" in page
    secret = found[1].replace(" ", "")
    assert secret not in str(client.session.items()), "encrypted in the session too"
    assert client.post("/compte/second-facteur/", {"code": "000000"}).status_code == 400
    assert found[1] in client.get("/compte/second-facteur/").content.decode(), "the square scanned stays good"
    good = code_at(secret, int(clock.now().timestamp()) // 30)
    shown = client.post("/compte/second-facteur/", {"code": good}).content.decode()
    assert len(re.findall(r"<li><code>[0-9]{8}</code></li>", shown)) == 10
    assert "Il vous reste 10 codes de secours" in client.get("/compte/second-facteur/").content.decode()
    assert client.get(f"/o/{actor.slug}/structure/").status_code == 200


def test_new_paper_codes_ask_the_password() -> None:
    actor, client = two_structures().first, Client()
    sign_in(client, actor.account_id)
    assert client.get("/compte/second-facteur/codes/").headers["Location"] == "/compte/second-facteur/"
    found = re.search(r"data-secret>([A-Z2-7 ]+)<", client.get("/compte/second-facteur/").content.decode())
    assert found
    good = code_at(found[1].replace(" ", ""), int(clock.now().timestamp()) // 30)
    client.post("/compte/second-facteur/", {"code": good})
    assert client.post("/compte/second-facteur/codes/", {"current": "faux"}).status_code == 400
    shown = client.post("/compte/second-facteur/codes/", {"current": PASSWORD}).content.decode()
    assert "Ils ne seront plus montrés." in shown
    assert codes_left(account_id=actor.account_id) == 10
