"""The page « Heures de l'année »."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.hats import acting
from tests.hours.builders import World
from tests.hours.test_operations_reporting import decide, w
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def page(client: Client, who: Any, query: str = "") -> str:
    return (
        client.get(f"/o/{who.slug}/heures/annee/{query}")
        .content.decode()
        .replace("\u202f", " ")
        .replace("\xa0", " ")
    )


def test_each_structure_has_its_hours_and_they_open_on_their_lines(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        decide(w, pilot, w.stranger)
    shown = page(as_(client, w.pilot), w.pilot)
    assert "180 h validées au 16 novembre 2026, 1 personne." in shown
    assert "Ensemble" in shown
    found = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*travail=[^"]*)"', shown)]
    hours = [
        re.search(r"<h1[^>]*>([^<]*)", client.get(link).content.decode().replace("\xa0", " "))[1].strip()  # type: ignore[index]  # a page has its title
        for link in dict.fromkeys(found)
    ]
    assert hours == ["80 h validées", "100 h validées"]


def test_another_year_an_unknown_one_and_no_hour(client: Client, w: World) -> None:
    as_(client, w.pilot)
    assert "Aucune heure validée en 2025" in page(client, w.pilot, "?annee=2025")
    for strange in ("?annee=1999", "?annee=zq", "?annee=2099", ""):
        assert "Heures de l&#x27;année 2026" in page(client, w.pilot, strange) or "année 2026" in page(
            client, w.pilot
        )


def test_who_opens_it(client: Client, w: World) -> None:
    for who, status in ((w.pilot, 200), (w.stranger, 200), (w.firm, 403), (w.buyer, 403)):
        assert as_(client, who).get(f"/o/{who.slug}/heures/annee/").status_code == status
    assert "Heures de l" in as_(client, w.pilot).get(f"/o/{w.pilot.slug}/heures/").content.decode()
