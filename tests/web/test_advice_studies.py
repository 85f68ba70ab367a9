"""The pages « Études »: opened, calculated for a lot, a scenario kept, moved."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_advice_pages import plain
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]

STUDY = {
    "buyer_name": "Ville de Nordre", "title": "École Pasteur", "asked_on": "2026-11-02",
    "lots": "1;Peinture;180 000;45442100-8\n2;Électricité",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def opened(client: Client, who: Any) -> str:
    answer = as_(client, who).post(f"/o/{who.slug}/conseil/etudes/nouvelle/", STUDY)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_teaches_and_a_study_is_opened(client: Client, w: World) -> None:
    listing = f"/o/{w.pilot.slug}/conseil/etudes/"
    assert "Aucune étude pour l'instant" in plain(read(as_(client, w.pilot), listing))
    page = plain(read(client, opened(client, w.pilot)))
    assert "École Pasteur" in page
    assert "30/11/2026" in page
    assert "180 000" in page
    assert "Aucun calcul gardé" in page
    assert "Ville de Nordre" in plain(read(client, listing))


def test_an_answer_overdue_is_told_in_words(client: Client, w: World) -> None:
    late = {**STUDY, "asked_on": "2026-10-01", "answer_due_on": "2026-11-12"}
    as_(client, w.pilot).post(f"/o/{w.pilot.slug}/conseil/etudes/nouvelle/", late)
    assert "4 jours de retard" in plain(read(client, f"/o/{w.pilot.slug}/conseil/etudes/"))


def test_a_scenario_is_kept_for_its_lot(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    link = re.search(r'href="([^"]*calculer/\?[^"]*lot=[^"]*)"', read(client, address))
    assert link
    asked = link[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(asked).query)["montant"] == ["180000"]
    page = read(client, f"{asked}&methode=lot&taux_1=10&taux_2=&taux_3=")
    assert "lot 1 : Peinture" in plain(page)
    assert "360 h d'insertion" in plain(page)
    form = re.search(r'<form[^>]*action="([^"]*calculs/)".*?</form>', page, re.DOTALL)
    assert form
    typed = dict(re.findall(r'name="(saisie|scenario)" value="([^"]*)"', form[0]))
    typed["saisie"] = typed["saisie"].replace("&amp;", "&")
    assert client.post(form[1], typed).headers["Location"] == address
    kept = plain(read(client, address))
    assert "180 000 € × 70 % × 10 % ÷ 35 €/h = 360 h" in kept
    assert "calcul-2026.1" in kept


def test_what_cannot_be_calculated_is_not_kept(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    for sent in ({}, {"saisie": "methode=lot&montant=abc", "scenario": "1"}, {"saisie": "methode=lot", "scenario": "1"},
                 {"saisie": "methode=lot&montant=1000&part_1=50&cout_1=30&taux_1=5", "scenario": "9"}):  # fmt: skip
        assert client.post(f"{address}calculs/", sent).status_code == 400
    assert "Aucun calcul gardé" in plain(read(client, address))


def test_it_moves_and_a_refusal_asks_its_reason(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    assert client.post(f"{address}etat/", {"state": "opinion_given"}).status_code == 302
    refused = client.post(f"{address}etat/", {"state": "refused"})
    assert refused.status_code == 400
    assert "Donnez le motif du refus de l'acheteur." in plain(refused.content.decode())
    assert client.post(f"{address}etat/", {"state": "refused", "reason": "DCE déjà publié"}).status_code == 302
    page = plain(read(client, address))
    assert "Refusé par l'acheteur" in page
    assert "DCE déjà publié" in page
    assert client.post(f"{address}etat/", {"state": "accepted"}).status_code == 400


def test_a_wrong_study_is_told_and_kept(client: Client, w: World) -> None:
    sent = {**STUDY, "title": "", "lots": "1;Peinture;beaucoup"}
    answer = as_(client, w.pilot).post(f"/o/{w.pilot.slug}/conseil/etudes/nouvelle/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "1;Peinture;beaucoup" in page
    assert "Ligne 1, montant" in plain(page)


def test_strangers_find_nothing(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    theirs = address.replace(w.pilot.slug, w.stranger.slug)
    as_(client, w.stranger)
    assert client.get(theirs).status_code == 404
    assert client.post(f"{theirs}etat/", {"state": "under_study"}).status_code == 404
    uid = address.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/o/{w.stranger.slug}/conseil/calculer/?etude={uid}").status_code == 404
    assert as_(client, w.buyer).get(f"/o/{w.buyer.slug}/conseil/etudes/").status_code == 403
