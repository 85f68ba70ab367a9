"""Public pages of a demonstration say that it is one."""

import pytest
from django.test import Client

from tests.world import demonstration

pytestmark = pytest.mark.django_db

PAGES = ("mentions-legales", "donnees-personnelles", "accessibilite")


@pytest.mark.parametrize("page", PAGES)
def test_the_banner_is_there_in_a_demonstration_only(client: Client, page: str) -> None:
    assert "c-demo" not in client.get(f"/{page}/").content.decode()
    demonstration()
    answer = client.get(f"/{page}/")
    assert answer.status_code == 200
    assert "c-demo" in answer.content.decode()
