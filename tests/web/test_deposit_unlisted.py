"""Who declares without an account names somebody not in the list, and takes it back."""

import pytest

from tests.agenda.test_reminders import contact
from tests.hours.builders import World, world
from tests.web.test_deposit import EMAIL, entered, month, opened
from tests.web.test_hours_grid import name, sent
from tests.web.test_hours_unlisted import ZOE, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    w = world()
    contact(w, w.contract, w.firm.organisation_id, EMAIL)
    return w


def test_somebody_not_in_the_list_is_added_and_taken_back(w: World) -> None:
    client = entered(w, opened(w))
    form = sent(client.get(month(w)).content.decode(), **{name(w, w.lemaire): "100"}, **ZOE, acte="ajouter")
    html = client.post(month(w), form, follow=True).content.decode()
    assert ("Martin Zoé" in html, len(rows())) == (True, 1)
    html = client.post(month(w), sent(html, acte=f"retirer {rows()[0].uid}"), follow=True).content.decode()
    assert ("Martin Zoé" in html, rows()) == (False, [])
