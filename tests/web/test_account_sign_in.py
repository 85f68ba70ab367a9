"""Sign-in, second step, sign-out: sentences, delays, what a stranger learns."""

from typing import Any

import pytest
from django.test import Client

from clausette.access.models import Account, KnownDevice, LoginFailure, Session
from clausette.access.second_factor import code_at, enrol, new_secret, readable
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing
from tests.hats import as_owner, sign_in
from tests.world import PASSWORD, account, body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.account_urls")]

Answer = Any  # the test client's own response has no public type
LOGIN = "/compte/connexion/"
STEP = "/compte/connexion/code/"


def counter() -> int:
    return int(clock.now().timestamp()) // 30


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


def post(
    client: Client, email: str = "chef@bati.example", password: str = PASSWORD, next_page: str = ""
) -> Answer:
    return client.post(LOGIN, {"email": email, "password": password, "next": next_page})


def facilitator_with_telephone() -> tuple[Actor, str]:
    actor = two_structures().first
    secret = new_secret()
    with writing("test"):
        enrol(
            Account.objects.get(pk=actor.account_id),
            secret=secret,
            code=code_at(readable(secret), counter() - 1),
            at=clock.now(),
        )
    return actor, readable(secret)


def test_the_page_says_how_one_enters(client: Client) -> None:
    answer = client.get(LOGIN)
    assert answer.status_code == 200
    assert "sur invitation" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_password_opens_a_session_and_leads_where_one_wanted(client: Client, firm: Actor) -> None:
    answer = post(client, "Chef@Bati.example ", next_page="/o/bati-ouche/structure/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/o/bati-ouche/structure/")
    assert client.get("/o/bati-ouche/structure/").status_code == 200
    assert KnownDevice.objects.filter(account_id=firm.account_id).count() == 1


def test_the_sign_in_never_leads_to_another_site(client: Client, firm: Actor) -> None:
    assert post(client, next_page="https://mechant.example/").headers["Location"] == "/"
    assert post(client, next_page="//mechant.example/").headers["Location"] == "/"


def test_a_known_and_an_unknown_address_get_the_same_answer(client: Client, firm: Actor) -> None:
    known, unknown = (
        post(Client(), email, "faux mot de passe") for email in ("chef@bati.example", "x@x.example")
    )
    assert known.status_code == unknown.status_code == 400
    clean = [one.content.decode().replace("chef@bati.example", "x@x.example") for one in (known, unknown)]
    without_token = [text.split("csrfmiddlewaretoken")[1].split(">", 1)[1] for text in clean]
    assert without_token[0] == without_token[1]
    assert "Adresse électronique ou mot de passe inexact." in clean[0]


def test_the_eleventh_try_waits_but_not_on_a_known_device(client: Client, firm: Actor) -> None:
    friend = Client()
    post(friend)
    for _ in range(10):
        assert post(client, password="faux mot de passe").status_code == 400
    late = post(client)
    assert late.status_code == 400
    assert "Attendez un moment" in late.content.decode()
    assert LoginFailure.objects.get().count == 10
    assert post(friend).status_code == 302
    assert LoginFailure.objects.count() == 0


def test_an_address_that_is_not_one_is_said_at_its_field(client: Client) -> None:
    answer = client.post(LOGIN, {"email": "pas une adresse", "password": "x"})
    assert answer.status_code == 400
    assert "pas une adresse" in answer.content.decode(), "what was typed stays"
    assert 'id="id_email_error"' in answer.content.decode()


def test_after_the_password_a_facilitator_gives_a_code_which_serves_once() -> None:
    actor, secret = facilitator_with_telephone()
    first, second = Client(), Client()
    answer = post(first, "ana@lys.example", next_page=f"/o/{actor.slug}/structure/")
    assert answer.headers["Location"] == STEP
    assert first.get(f"/o/{actor.slug}/structure/").status_code == 302, "not signed in yet"
    assert first.post(STEP, {"code": "000000"}).status_code == 400
    code = code_at(secret, counter())
    assert (
        first.post(STEP, {"code": f"{code[:3]} {code[3:]}"}).headers["Location"]
        == f"/o/{actor.slug}/structure/"
    )
    assert first.get(f"/o/{actor.slug}/structure/").status_code == 200
    post(second, "ana@lys.example")
    again = second.post(STEP, {"code": code})
    assert again.status_code == 400
    assert "il a déjà servi" in again.content.decode()


def test_guessing_the_code_gets_slower_too() -> None:
    _, secret = facilitator_with_telephone()
    client = Client()
    post(client, "ana@lys.example")
    for _ in range(10):
        assert client.post(STEP, {"code": "000000"}).status_code == 400
    late = client.post(STEP, {"code": code_at(secret, counter())})
    assert "Attendez un moment" in late.content.decode()


def test_the_second_step_needs_the_first(client: Client) -> None:
    assert client.get(STEP).headers["Location"] == LOGIN
    assert client.post(STEP, {"code": "123456"}).headers["Location"] == LOGIN


def test_signing_out_is_a_post_and_kills_the_session(client: Client, firm: Actor) -> None:
    cookie = sign_in(client, firm.account_id)
    assert client.get("/compte/deconnexion/").status_code == 405
    assert client.post("/compte/deconnexion/").headers["Location"] == f"{LOGIN}?etat=deconnexion"
    assert Session.objects.filter(account__isnull=False).count() == 0
    client.cookies["clausette"] = cookie
    assert client.get("/compte/").status_code == 302
    assert "Vous êtes déconnecté." in client.get(f"{LOGIN}?etat=deconnexion").content.decode()


def test_who_comes_back_too_late_reads_why(client: Client, firm: Actor) -> None:
    sign_in(client, firm.account_id)
    with as_owner():
        Session.objects.all().delete()
    answer = client.get("/compte/", follow=True)
    assert "s'arrête après une heure sans activité" in answer.content.decode().replace("&#x27;", "'")


def test_the_demonstration_lists_its_accounts_and_fills_the_form(client: Client) -> None:
    two_structures()
    assert "ana@lys.example" not in client.get(LOGIN).content.decode()
    demonstration()
    text = client.get(LOGIN).content.decode()
    assert "?compte=ana@lys.example" in text
    filled = client.get(f"{LOGIN}?compte=ana@lys.example").content.decode()
    assert 'value="ana@lys.example"' in filled
    assert 'value="x@x.example"' not in client.get(f"{LOGIN}?compte=x@x.example").content.decode()


def test_the_demonstration_asks_no_code() -> None:
    actor, _ = facilitator_with_telephone()
    demonstration()
    client = Client()
    assert post(client, "ana@lys.example").headers["Location"] == "/"
    assert client.get("/").headers["Location"] == f"/o/{actor.slug}/"
    assert "désactivée" in client.get("/compte/second-facteur/").content.decode()


def test_the_entrance_presents_sends_or_lets_choose(client: Client, firm: Actor) -> None:
    assert "Se connecter" in client.get("/").content.decode()
    sign_in(client, firm.account_id)
    assert client.get("/").headers["Location"] == "/o/bati-ouche/"
    member(body("GEIQ du Lys", "employer"), "", account_id=firm.account_id)
    text = client.get("/").content.decode()
    assert "Bâti Ouche" in text
    assert "GEIQ du Lys" in text


def test_an_account_without_any_structure_is_told_what_to_do(client: Client) -> None:
    sign_in(client, account("seule@x.example"))
    assert "Aucune structure pour ce compte" in client.get("/").content.decode()
