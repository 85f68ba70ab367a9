"""A form sent with the token of a former sign-in: kept when it is ours, refused when it comes from elsewhere."""

import pytest
from django.test import Client

from clausette.kernel.actor import Actor
from tests.hats import sign_in
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
