"""The home of a person: commune proposed, districts of the commune, point on the map, address located."""

import json
from typing import Any

import pytest
from django.test import Client

from clausette.participants.models import Home
from clausette.reference.communes import read_communes
from clausette.reference.districts import read_districts
from clausette.reference.operations import load_communes, load_districts
from tests.hats import acting, as_owner
from tests.placements.builders import People, people, person
from tests.reference.geocoder import Geocoder, geocoder
from tests.web.people_helpers import address, signed_in, text

__all__ = ["geocoder"]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]

COMMUNES = [
    {"code": "01053", "nom": "Bourg", "type": "commune-actuelle", "codesPostaux": ["01000"], "population": 9},
    {"code": "33067", "nom": "Bourg", "type": "commune-actuelle", "codesPostaux": ["33710"], "population": 2},
]
SQUARE = [[3.34, 44.25], [3.35, 44.25], [3.35, 44.26], [3.34, 44.26], [3.34, 44.25]]
AWAY = [[3.36, 44.25], [3.37, 44.25], [3.37, 44.26], [3.36, 44.26], [3.36, 44.25]]
DRAWN: dict[str, Any] = {
    "qpvs": [
        {"code": "QN00101M", "label": "Les Tilleuls", "insee": ["01053"], "g": [[SQUARE]]},
        {"code": "QN00102N", "label": "La Plaine", "insee": ["01053"], "g": [[AWAY]]},
        {"code": "QP001001", "label": "Tilleuls Nord", "insee": ["01053"], "g": [[SQUARE]]},
    ]
}
LABEL = "Bourg (01000), Ain"
INSIDE = {"latitude": "44,2555", "longitude": "3,3442"}


@pytest.fixture
def cast() -> People:
    """The cast, two communes of one name, the districts of one of them."""
    with as_owner():
        load_communes(read_communes(json.dumps(COMMUNES).encode()))
        load_districts(read_districts(json.dumps(DRAWN).encode())[0], source="essai")
    return people()


@pytest.fixture
def page(cast: People) -> tuple[Client, str]:
    """A browser of the facilitator, and the address of the home of a person."""
    return signed_in(cast.pilot), address(cast.pilot, "participants", person(cast.pilot), "domicile")


def kept(cast: People) -> Home:
    with acting(cast.pilot):
        return Home.objects.select_related("told_by").get()


def test_communes_are_proposed_while_one_types(page: tuple[Client, str]) -> None:
    client, where = page
    said = client.post(where, {"etape": "communes", "commune": "bou"}, headers={"HX-Request": "true"})
    shown = text(said.content)
    assert shown.index(LABEL) < shown.index("Bourg (33710), Gironde")
    assert "<html" not in shown
    assert "hidden" in text(client.post(where, {"etape": "communes", "commune": "zz"}).content)


def test_homonyms_are_told_apart_then_chosen_without_javascript(page: tuple[Client, str]) -> None:
    client, where = page
    several = text(client.post(where, {"etape": "chercher", "commune": "Bourg"}).content)
    assert f'name="choix" value="{LABEL}"' in several
    chosen = text(client.post(where, {"etape": "chercher", "commune": "Bourg", "choix": LABEL}).content)
    assert "La Plaine (QN00102N)" in chosen
    assert "Tilleuls Nord (QP001001)" in chosen
    assert "liste de 2015" in chosen  # in the legend of the map
    assert chosen.count("<path class=") == 3
    none = text(client.post(where, {"etape": "chercher", "commune": "Bourg (33710)"}).content)
    assert "Aucun quartier prioritaire dans cette commune" in none


def test_a_district_chosen_in_the_list_is_typed_by_somebody(cast: People, page: tuple[Client, str]) -> None:
    client, where = page
    sent = {"etape": "garder", "commune": LABEL, "district_2024": "QN00102N"}
    assert client.post(where, sent).status_code == 302
    home = kept(cast)
    assert (home.district_2024, home.means, home.commune_code) == ("QN00102N", "chosen", "01053")
    assert home.told_by is not None
    told = text(client.get(where).content)
    assert f"QN00102N (saisi, choisi dans la liste de la commune, par {home.told_by.full_name}, le " in told


def test_a_point_is_located_then_kept_as_computed(cast: People, page: tuple[Client, str]) -> None:
    client, where = page
    said = {"etape": "chercher", "commune": LABEL, **INSIDE}
    shown = text(client.post(where, said).content)
    assert "Ce point est dans « Les Tilleuls » (QN00101M, liste de 2024)" in shown
    assert "à 335 m de sa limite." in shown
    assert '<option value="QN00101M" selected>' in shown
    assert client.post(where, said | {"etape": "garder", "district_2024": "QN00101M"}).status_code == 302
    assert (kept(cast).means, kept(cast).district_2024) == ("point", "QN00101M")


def test_a_point_out_of_all_or_near_an_edge_is_told(page: tuple[Client, str]) -> None:
    client, where = page
    said = {"etape": "chercher", "commune": LABEL, "latitude": "44,255", "longitude": "3,35010"}
    near = text(client.post(where, said).content)
    assert "hors quartier prioritaire (liste de 2024), à moins de 20 m de la limite" in near
    assert '<option value="aucun" selected>' in near
    moved = text(client.post(where, said | {"latitude": "", "longitude": "", "district_2024": "aucun"}).content)
    assert '<option value="aucun" selected>' not in moved  # it was said of a point that is gone
    far = text(client.post(where, said | {"longitude": "3,5"}).content)
    assert "Aucune limite à moins de 2 km." in far


def test_the_address_is_located_and_forgotten(cast: People, page: tuple[Client, str], geocoder: Geocoder) -> None:
    client, where = page
    said = {"etape": "adresse", "commune": LABEL, "adresse": "12 rue du Puits"}
    shown = text(client.post(where, said).content)
    assert "Seule l'adresse, avec sa commune, est envoyée à 127.0.0.1" in shown
    assert 'name="lieu" value="3,34420;44,25550"' in shown
    assert geocoder.asked == ["/search/?q=12+rue+du+Puits+Bourg&limit=5&citycode=01053"]
    placed = text(client.post(where, said | {"etape": "", "lieu": "3,34420;44,25550"}).content)
    assert "Ce point est dans « Les Tilleuls »" in placed
    point = {"longitude": "3,34420", "latitude": "44,25550", "adresse_point": "3,34420;44,25550"}
    assert client.post(where, said | point | {"etape": "garder", "district_2024": "QN00101M"}).status_code == 302
    assert kept(cast).means == "address"


def test_a_geocoder_that_fails_leaves_the_page_useful(page: tuple[Client, str], geocoder: Geocoder) -> None:
    client, where = page
    geocoder.answer = (503, b"")
    shown = client.post(where, {"etape": "adresse", "commune": LABEL, "adresse": "12 rue du Puits"})
    assert shown.status_code == 200
    assert "Le service d'adresses a refusé la question (réponse 503)." in text(shown.content)
    assert "La Plaine (QN00102N)" in text(shown.content)
