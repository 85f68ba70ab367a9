"""Erasing a person: the page says what goes and what stays, asks for the name, says why not yet."""

import pytest

from tests.placements.builders import People, decide, people, person, put_to_work, site
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]
TYPED = {"typed_name": "Aline Moreau", "reason": "request", "sure": "on"}


@pytest.fixture
def cast() -> People:
    return people()


def test_a_person_is_erased_once_their_name_is_typed(cast: People) -> None:
    uid = person(cast.pilot)
    decide(cast.pilot, uid)
    client, url = signed_in(cast.pilot), address(cast.pilot, "participants", uid, "effacer")
    shown = text(client.get(url).content)
    assert "Ce qui disparaît" in shown
    assert "Les documents déjà émis" in shown
    refused = client.post(url, {**TYPED, "typed_name": "Alice Moreau"})
    assert refused.status_code == 400
    assert "Écrivez le nom tel qu'il est affiché : Aline Moreau." in text(refused.content)
    assert client.post(url, {"typed_name": "Aline Moreau", "reason": "request"}).status_code == 400
    answer = client.post(url, TYPED)
    assert answer["Location"] == address(cast.pilot, "participants")
    told = text(client.get(answer["Location"]).content)
    assert "Les données de cette personne sont effacées." in told
    assert "Moreau" not in told
    assert client.get(address(cast.pilot, "participants", uid)).status_code == 404


def test_somebody_at_work_is_told_so_without_a_form(cast: People) -> None:
    uid = person(cast.pilot)
    put_to_work(cast, uid, site(cast))
    client, url = signed_in(cast.pilot), address(cast.pilot, "participants", uid, "effacer")
    shown = text(client.get(url).content)
    assert "terminez d'abord son contrat de travail" in shown
    assert "Effacer définitivement" not in shown
    assert client.post(url, TYPED).status_code == 400
    assert "Effacer les données" in text(client.get(address(cast.pilot, "participants", uid)).content)


def test_a_stranger_sees_nothing_and_a_firm_has_no_such_page(cast: People) -> None:
    uid = person(cast.pilot)
    assert signed_in(cast.stranger).get(address(cast.stranger, "participants", uid, "effacer")).status_code == 404
    assert signed_in(cast.firm).get(address(cast.firm, "participants", uid, "effacer")).status_code == 403
