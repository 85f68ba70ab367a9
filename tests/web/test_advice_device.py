"""The page « Choisir le levier »: questions, a suggestion with its reasons, kept in the study."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from clausette.advice.models import Study
from tests.hats import as_owner
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


def test_a_levier_is_suggested_with_its_reasons_then_kept_as_edited(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    page = plain(read(client, f"{study}levier/"))
    assert "Choisir le levier juridique" in page
    assert "Proposition" not in page
    asked = {"achat": "work", "ecart": "oui", "heures": "360", "duree": "12", "repondre": "1"}
    answer = plain(read(client, f"{study}levier/?{urlencode(asked)}"))
    assert "Condition d'exécution et critère d'attribution" in answer
    assert "ne se note pas" in answer
    kept = client.post(f"{study}levier/", {"device": "execution", "reasons": "Le lot est simple."})
    assert kept.headers["Location"] == study
    shown = plain(read(client, study))
    assert "Condition d'exécution" in shown
    assert "Le lot est simple." in shown
    with as_owner():
        assert Study.objects.get().device == "execution"


def test_what_is_wrong_is_told_at_its_place(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    page = plain(read(client, f"{study}levier/?achat=work&heures=beaucoup&repondre=1"))
    assert "beaucoup" in page
    refused = client.post(f"{study}levier/?achat=work&repondre=1", {"device": "execution", "reasons": " "})
    assert refused.status_code == 400
    assert "Ce champ est obligatoire." in plain(refused.content.decode())
    assert client.post(f"{study}levier/", {"device": "magic", "reasons": "x"}).status_code == 400


def test_strangers_find_no_study(client: Client, w: World) -> None:
    theirs = opened(client, w.pilot).replace(w.pilot.slug, w.stranger.slug)
    as_(client, w.stranger)
    assert client.get(f"{theirs}levier/").status_code == 404
    assert client.post(f"{theirs}levier/", {"device": "execution", "reasons": "x"}).status_code == 404
