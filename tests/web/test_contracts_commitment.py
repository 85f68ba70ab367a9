"""The page of an engagement, its creation, its versions, its curve."""

import pytest
from django.test import Client

from clausette.access.install import declare_demonstration
from clausette.commitments.models import Commitment, CommitmentVersion
from tests.commitments.builders import commitment
from tests.hats import TODAY, as_owner, sign_in
from tests.procurement.builders import Cast, cast, contract

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.contracts_urls")]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def client_of(client: Client, people: Cast) -> Client:
    sign_in_as(client, people, "pilot")
    return client


def sign_in_as(client: Client, people: Cast, who: str) -> None:
    """Sign one of the cast in."""
    with as_owner():
        declare_demonstration(as_of=TODAY, seed=1)
        sign_in(client, getattr(people, who).account_id)


def test_page_says_arithmetic_and_three_figures(client_of: Client, people: Cast) -> None:
    uid = commitment(people, contract(people))
    response = client_of.get(f"/o/{people.pilot.slug}/engagements/{uid}/")
    html = response.content.decode()
    print(html)
    assert response.status_code == 200
