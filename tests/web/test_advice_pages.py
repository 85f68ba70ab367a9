"""The pages « Conseil »: the test of the social condition, the calculation of hours side by side."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]

PURCHASE = {"acheteur": "local", "nature": "services", "valeur": "216 000", "engagee": "2026-08-21"}
LOT = {"methode": "lot", "montant": "1 000 000", "part_1": "50", "cout_1": "30", "taux_1": "5"}
ALONE = {"taux_2": "", "taux_3": ""}


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def plain(text: str) -> str:
    """The page without tags, spaces made ordinary."""
    bare = re.sub(r"<[^>]*>", " ", text).replace("\u202f", " ").replace("\xa0", " ").replace("&#x27;", "'")
    return re.sub(r"\s+", " ", bare)


def read(client: Client, who: Any, path: str, asked: dict[str, str] | None = None, **headers: str) -> str:
    answer = as_(client, who).get(f"/o/{who.slug}/{path}", asked or {}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def answer(page: str, mark: str) -> str:
    """What comes from the part of the page that htmx replaces."""
    return plain(page[page.index(f'id="{mark}"') :])


def test_only_facilitators_enter(client: Client, w: World) -> None:
    for path in ("conseil/", "conseil/calculer/"):
        for who, status in ((w.pilot, 200), (w.stranger, 200), (w.firm, 403), (w.buyer, 403)):
            assert as_(client, who).get(f"/o/{who.slug}/{path}").status_code == status
        assert as_(client, w.pilot).post(f"/o/{w.pilot.slug}/{path}").status_code == 405


def test_it_is_in_the_menu_and_teaches_when_empty(client: Client, w: World) -> None:
    page = read(client, w.pilot, "conseil/")
    assert f'href="/o/{w.pilot.slug}/conseil/" aria-current="page"' in page
    assert "Aucun achat décrit" in page
    assert "Donnez le montant et le métier" in read(client, w.pilot, "conseil/calculer/")


def test_a_clause_that_is_due_tells_article_threshold_and_reasons(client: Client, w: World) -> None:
    page = read(client, w.pilot, "conseil/", PURCHASE)
    told = answer(page, "reponse")
    assert "Clause sociale obligatoire" in told
    assert "article L2112-2-1 (Code de la commande publique)" in told
    assert "216 000 € HT" in told
    assert told.count("Texte pour le rapport") == 3
    assert "Ce motif est réservé aux marchés de travaux." in told
    assert f"/o/{w.pilot.slug}/conseil/calculer/?montant=216+000" in page
    works = {**PURCHASE, "nature": "works", "valeur": "5404000"}
    assert answer(read(client, w.pilot, "conseil/", works), "reponse").count("Texte pour le rapport") == 4


def test_the_day_before_nothing_is_due(client: Client, w: World) -> None:
    told = answer(read(client, w.pilot, "conseil/", {**PURCHASE, "engagee": "2026-08-20"}), "reponse")
    assert "Clause sociale facultative" in told
    assert "Texte pour le rapport" not in told


def test_a_wrong_purchase_is_told_at_its_field_and_kept(client: Client, w: World) -> None:
    page = read(client, w.pilot, "conseil/", {**PURCHASE, "valeur": "beaucoup", "engagee": ""})
    assert 'value="beaucoup"' in page
    told = plain(page[: page.index('id="reponse"')])
    assert "« beaucoup » n'est pas un nombre." in told
    assert "Donnez le jour où la consultation est engagée." in told
    assert "2 points sont à corriger" in answer(page, "reponse")


def test_three_scenarios_side_by_side_with_their_arithmetic(client: Client, w: World) -> None:
    told = answer(read(client, w.pilot, "conseil/calculer/", {**LOT, "taux_2": "10", "taux_3": "25"}), "resultat")
    assert "833 h d'insertion" in told
    assert "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h" in told
    assert "1 000 000 € × 50 % × 10 % ÷ 30 €/h = 1 666,67 → 1 667 h" in told
    assert "alerte 25 % de la main-d'œuvre : au-delà de 20 %" in told
    assert "calcul-2026.1" in told


def test_the_trade_proposes_and_says_how_sure_it_is(client: Client, w: World) -> None:
    asked = {"methode": "lot", "montant": "300000", "taux_1": "5", **ALONE}
    told = answer(read(client, w.pilot, "conseil/calculer/", {**asked, "metier": "electricity"}), "resultat")
    assert "193 h d'insertion" in told
    assert "Part de main-d'œuvre proposée : 45 % (usuelle de 35 % à 50 %), « Électricité »." in told
    assert "Usage, confiance faible (valeur indicative)." in told
    by_code = answer(read(client, w.pilot, "conseil/calculer/", {**asked, "cpv": "45442100-8"}), "resultat")
    assert "300 h d'insertion" in by_code
    several = answer(read(client, w.pilot, "conseil/calculer/", {**asked, "cpv": "45421000"}), "resultat")
    assert "choisissez « Menuiseries extérieures » ou « Menuiseries intérieures, agencement »." in several


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"methode": "cleaning", "montant": "360000", "duree": "36", "reprise": "200", "taux_1": "5"},
            "360 h d'insertion",
        ),
        ({"methode": "per_100k", "part_1": "50", "cout_1": "35", "taux_1": "5"}, "71,4 h par 100 000 € HT commandés"),
        ({"methode": "beyond", "montant": "2800000", "seuil": "2700000", "euros_1": "2000"}, "50 h d'insertion"),
        (
            {"methode": "inverse", "montant": "1000000", "part_1": "50", "cout_1": "30", "heures_1": "833"},
            "5 % de la main-d'œuvre",
        ),
        ({"methode": "cost", "cout_1": "30", "heures_1": "833"}, "24 990 € pour l'entreprise"),
    ],
)  # fmt: skip
def test_each_method_asks_its_figures_and_answers(client: Client, w: World, asked: dict[str, str], told: str) -> None:
    shown = answer(read(client, w.pilot, "conseil/calculer/", {**asked, **ALONE}), "resultat")
    assert told in shown


def test_what_is_missing_is_asked_gently_then_at_the_field(client: Client, w: World) -> None:
    asked = {"methode": "lot", "montant": "", **ALONE}
    gently = read(client, w.pilot, "conseil/calculer/", asked, hx_request="true")
    assert "Pour calculer : Donnez le montant HT." in answer(gently, "resultat")
    assert 'class="c-error"' not in gently
    told = read(client, w.pilot, "conseil/calculer/", {**asked, "calculer": "1"})
    assert re.search(r'id="id_montant_error"><p>Donnez le montant HT\.', told)
    assert re.search(r'id="id_part_1_error"><p>Donnez la part de main-d', told)


def test_absurd_figures_are_told_and_kept(client: Client, w: World) -> None:
    page = read(client, w.pilot, "conseil/calculer/", {**LOT, "montant": "-5", "taux_1": "300", "methode": "zz"})
    assert 'value="-5"' in page
    assert "Au plus 100 %." in plain(page)
    assert "d'insertion Scénario" not in page
