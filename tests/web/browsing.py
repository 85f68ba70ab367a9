"""A browser signed in as somebody, for the tests of pages."""

from django.test import Client

from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in


def signed_in(who: Actor) -> Client:
    """A browser where this person is signed in."""
    client = Client()
    with as_owner():
        sign_in(client, who.account_id)
    return client


def html(who: Actor, path: str, status: int = 200) -> str:
    """The page under the organisation of this person."""
    response = signed_in(who).get(f"/o/{who.slug}/{path}")
    assert response.status_code == status
    return response.content.decode()
