"""A form sent with the token of a former sign-in: kept when it is ours, refused when it comes from elsewhere."""

from datetime import timedelta

import pytest
from django.test import Client

from clausette.access.models import Session
from clausette.kernel.actor import Actor
from clausette.kernel.clock import now
from tests.hats import as_owner, sign_in
from tests.world import body, member

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.account_urls")]

TYPED = {"email": "zoe@bati.example", "full_name": "Zoé Martin", "role": "member"}
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def firm() -> Actor:
    return member(body("Bâti Ouche", "contractor"), "chef@bati.example")


@pytest.fixture
def careful(firm: Actor) -> Client:
    """A browser whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, firm.account_id)
    return client


def test_our_own_form_with_an_old_token_waits_to_be_sent_again(careful: Client, firm: Actor) -> None:
    path = f"/o/{firm.slug}/structure/inviter/"
    answer = careful.post(path, TYPED, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/compte/reprise/")
    page = careful.get("/compte/reprise/").content.decode()
    assert f'action="{path}"' in page
    assert 'value="Zoé Martin"' in page


@pytest.mark.parametrize("origin", ["https://mechant.example", "null", ""])
def test_the_form_of_another_site_is_refused_and_forgotten(careful: Client, firm: Actor, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    assert careful.post(f"/o/{firm.slug}/structure/inviter/", TYPED, headers=headers).status_code == 403
    assert careful.get("/compte/reprise/").headers["Location"] == "/"


def test_a_password_is_never_kept(careful: Client) -> None:
    data = {"email": "chef@bati.example", "password": "un secret assez long"}
    assert careful.post("/compte/connexion/", data, headers=OURS).status_code == 403
    assert "un secret" not in str(careful.session.items())


def test_a_fragment_sends_the_whole_page(careful: Client, firm: Actor) -> None:
    answer = careful.post(f"/o/{firm.slug}/structure/inviter/", TYPED, headers={**OURS, "HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/compte/reprise/"


def _late(client: Client, firm: Actor) -> dict[str, object]:
    """Send a form one hour after the session fell asleep; return what the new anonymous session holds."""
    with as_owner():
        Session.objects.filter(account_id=firm.account_id).update(seen_at=now() - timedelta(hours=2))
    answer = client.post(f"/o/{firm.slug}/structure/inviter/", TYPED)
    assert answer.headers["Location"].startswith("/compte/connexion/")
    return dict(client.session.get("typed", {}))


def _signed_in_again(client: Client, account_id: int, held: dict[str, object]) -> None:
    """Sign in as the sign-in page does: the session changes its cookie and keeps what it holds."""
    sign_in(client, account_id)
    session = client.session
    session["typed"] = held
    session.save()


def test_what_was_typed_waits_for_its_author(client: Client, firm: Actor) -> None:
    sign_in(client, firm.account_id)
    held = _late(client, firm)
    _signed_in_again(client, firm.account_id, held)
    assert 'value="Zoé Martin"' in client.get("/compte/reprise/").content.decode()


def test_the_next_person_on_the_same_computer_reads_nothing_of_it(client: Client, firm: Actor) -> None:
    sign_in(client, firm.account_id)
    held = _late(client, firm)
    other = member(body("Autre entreprise", "contractor"), "autre@bati.example")
    _signed_in_again(client, other.account_id, held)
    assert client.get("/compte/reprise/").headers["Location"] == "/"
    assert "typed" not in client.session


def test_a_form_of_nobody_is_not_kept(client: Client, firm: Actor) -> None:
    client.post(f"/o/{firm.slug}/structure/inviter/", TYPED)
    assert "typed" not in client.session
