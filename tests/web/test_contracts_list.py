"""The list of contracts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


@pytest.fixture
def people() -> Cast:
    return opened()


def test_it_names_contracts_buyers_and_firms(people: Cast) -> None:
    uid = contract(people, "École Pasteur", lots=2)
    page = Browser(people.pilot).get("marches/")
    assert page.status == 200
    for shown in (f"marches/{uid}/", "École Pasteur", "Métropole du Lys", "Bâti Ouche", "1 marché", "En cours"):
        assert shown in page.text


def test_the_partial_is_the_part_of_the_page(people: Cast) -> None:
    contract(people)
    browser = Browser(people.pilot)
    part = browser.get("marches/", **{"HX-Request": "true"}).text.strip()
    assert part.startswith('<div id="resultats">')
    assert part in browser.get("marches/").text


def test_words_filter_the_list(people: Cast) -> None:
    contract(people, "École Pasteur")
    contract(people, "Halle Nord")
    page = Browser(people.pilot).get("marches/?mots=pasteur")
    assert "École Pasteur" in page.text
    assert "Halle Nord" not in page.text


def test_nothing_found_and_nothing_yet_are_told_apart(people: Cast) -> None:
    browser = Browser(people.pilot)
    assert "Aucun marché suivi" in browser.get("marches/").text
    assert "Aucun marché ne correspond" in browser.get("marches/?mots=pasteur").text


def test_a_buyer_reads_and_does_not_create(people: Cast) -> None:
    contract(people)
    page = Browser(people.buyer).get("marches/")
    assert "Gymnase des Acacias" in page.text
    assert "Seule une structure facilitatrice enregistre un marché." in page.text


def test_a_stranger_reads_nothing_of_others(people: Cast) -> None:
    contract(people)
    assert "Gymnase" not in Browser(people.stranger).get("marches/").text


def test_another_method_is_refused(people: Cast) -> None:
    assert Browser(people.pilot).post("marches/").status == 405


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999", "?tri=;drop", "?etat=inconnu", "?mots=%00"])
def test_a_bad_address_is_a_plain_list(people: Cast, query: str) -> None:
    contract(people)
    assert Browser(people.pilot).get(f"marches/{query}").status == 200


def test_it_costs_the_same_for_one_and_three(people: Cast) -> None:
    browser, costs = Browser(people.pilot), []
    for name in ("A", "B", "C"):
        contract(people, name, lots=2)
        with CaptureQueriesContext(connection) as queries:
            browser.get("marches/")
        costs.append(len(queries))
    assert costs[0] == costs[2]
    assert costs[0] <= 15
