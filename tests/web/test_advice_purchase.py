"""The purchase of a study on its page: changed, tested, left without clause with its reason; own values, offers."""

from typing import Any

import pytest
from django.test import Client

from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_advice_pages import plain
from tests.web.test_advice_studies import STUDY, opened, read
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]
WORKS = {
    **STUDY, "lots": "", "buyer_kind": "local", "nature": "works", "amount_ht": "9 000 000", "engaged_on": "2026-11-02",
    "cpv": "45442100-8", "duration_months": "18", "place": "Nordre",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def test_the_page_asks_what_is_missing_then_answers(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    assert "il manque : qui achète, la nature, la valeur estimée HT" in plain(read(client, address))
    assert client.post(f"{address}modifier/", WORKS).headers["Location"] == address
    page = plain(read(client, address))
    assert "Clause sociale obligatoire" in page
    assert "L2112-2-1" in page
    assert "9 000 000 €" in page
    assert "18 mois" in page


def test_a_wrong_change_is_told_at_its_field_and_kept(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    sent = {**WORKS, "amount_ht": "beaucoup", "cpv": "45", "lots": "1;Encore"}
    answer = client.post(f"{address}modifier/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="beaucoup"' in page
    assert "Un code CPV a 8 chiffres" in plain(page)
    refused = client.post(f"{address}modifier/", {**WORKS, "lots": "1;Encore"})
    assert refused.status_code == 400
    assert "Le lot 1 est déjà dans l'étude." in plain(refused.content.decode())


def test_a_buyer_who_leaves_the_clause_out_gives_one_of_the_reasons(client: Client, w: World) -> None:
    address = opened(client, w.pilot)
    assert client.post(f"{address}derogation/", {"waiver": "short_works"}).status_code == 400
    client.post(f"{address}modifier/", WORKS)
    assert client.post(f"{address}derogation/", {"waiver": "short_works"}).status_code == 302
    page = plain(read(client, address))
    assert "L'acheteur ne met pas de clause" in page
    assert "article L2112-2-1" in page
    client.post(f"{address}modifier/", {**WORKS, "nature": "services"})
    assert "L'acheteur ne met pas de clause :" not in plain(read(client, address)), "kept for works only"


def test_a_value_of_the_structure_comes_first_in_the_calculator(client: Client, w: World) -> None:
    page = f"/o/{w.pilot.slug}/conseil/valeurs/"
    sent = {
        "trade": "painting", "kind": "labour_share", "value": "65,5", "starts_on": "2026-01-01",
        "source": "relevé de 12 marchés",
    }  # fmt: skip
    assert "Usage, confiance faible" in plain(read(as_(client, w.pilot), page))
    assert client.post(page, {**sent, "value": "165"}).status_code == 400
    assert client.post(page, sent).status_code == 302
    assert "65,5 %" in plain(read(client, page))
    asked = f"/o/{w.pilot.slug}/conseil/calculer/?methode=lot&montant=100000&metier=painting&calculer=1"
    shown = plain(read(client, asked))
    assert "Valeur de votre structure, depuis le 1er janvier 2026 : relevé de 12 marchés." in shown
    assert "100 000 € × 65,5 %" in shown
    as_(client, w.stranger)
    other = plain(read(client, asked.replace(w.pilot.slug, w.stranger.slug)))
    assert "votre structure" not in other


def test_an_offer_of_insertion_is_kept_then_withdrawn(client: Client, w: World) -> None:
    page = f"/o/{w.pilot.slug}/conseil/offres/"
    sent: dict[str, Any] = {
        "provider_name": "Chantier des Rives", "trade": "painting", "monthly_hours": "300", "place": "21",
        "stated_on": "2026-11-02",
    }  # fmt: skip
    assert "Aucune offre d'insertion" in plain(read(as_(client, w.pilot), page))
    assert client.post(page, {**sent, "monthly_hours": "0"}).status_code == 400
    assert client.post(page, sent).status_code == 302
    shown = read(client, page)
    assert "Chantier des Rives" in shown
    address = next(part.split('"')[0] for part in shown.split('action="')[1:] if "retirer/" in part.split('"')[0])
    assert client.post(address).status_code == 302
    assert "Aucune offre d'insertion" in plain(read(client, page))
    assert client.post(address).status_code == 400
