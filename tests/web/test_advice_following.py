"""From advice to follow-up on the pages: the contract of an accepted study, then its titulaires and what they owe."""

import re

import pytest
from django.test import Client

from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_advice_pages import plain
from tests.web.test_advice_studies import opened, read
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def accepted(client: Client, w: World) -> str:
    """A study of two lots, 360 h kept for the first, accepted by the buyer."""
    address = opened(client, w.pilot)
    page = read(client, address)
    link = re.search(r'href="([^"]*calculer/\?[^"]*lot=[^"]*)"', page)
    assert link
    typed = link[1].split("?", 1)[1].replace("&amp;", "&") + "&methode=lot&taux_1=10"
    assert client.post(f"{address}calculs/", {"saisie": typed, "scenario": "1"}).status_code == 302
    for state in ("opinion_given", "accepted"):
        assert client.post(f"{address}etat/", {"state": state}).status_code == 302
    return address


def test_an_accepted_study_becomes_a_contract_with_its_lots_then_its_engagements(client: Client, w: World) -> None:
    address = accepted(client, w)
    assert "Créer le marché" in plain(read(client, address))
    form = plain(read(client, f"{address}marche/"))
    assert "École Pasteur" in form
    buyer = w.buyer.organisation_name
    sent = {"common_name": "École Pasteur", "buyer": buyer, "buyer_siret": ""}
    contract = str(client.post(f"{address}marche/", sent).headers["Location"])
    page = plain(read(client, contract))
    assert "Clause proposée" in page
    assert "1 · Peinture" in page
    assert "2 · Électricité" in page
    assert address in read(client, f"{contract}?bloc=echanges"), "the contract opens its study"
    assert contract in read(client, address), "the study opens its contract"
    assert client.post(f"{address}marche/", sent).status_code == 400, "only once"

    award = f"{address}attribuer/"
    shown = read(client, award)
    assert 'name="hours_0" value="360"' in shown
    empty = {"starts_on": "2026-12-01", "ends_on": "2027-11-30", "notified_on": "2026-11-12", "hours_0": "360"}
    nobody = client.post(award, empty)
    assert "Donnez au moins un titulaire." in plain(nobody.content.decode())
    answer = client.post(award, {**empty, "firm_0": w.firm.organisation_name, "amount_0": "171 000"})
    assert answer.headers["Location"] == contract
    page = plain(read(client, contract))
    assert "Notifié" in page
    assert "360 h" in page
    assert "Attribué" in plain(read(client, address))


def test_a_study_that_is_not_accepted_becomes_no_contract(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    assert "Créer le marché" not in plain(read(client, address))
    assert client.get(f"{address}marche/").status_code == 400
    refused = client.post(f"{address}marche/", {"common_name": "École", "buyer": w.buyer.organisation_name})
    assert refused.status_code == 400
    assert "l'acheteur doit l'avoir acceptée" in plain(refused.content.decode())
    assert client.get(f"{address}attribuer/").status_code == 400
    theirs = address.replace(w.pilot.slug, w.stranger.slug)
    assert as_(client, w.stranger).get(f"{theirs}marche/").status_code == 404
