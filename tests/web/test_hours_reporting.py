"""The page that says which structure reports the hours of an engagement."""

from typing import Any

import pytest
from django.test import Client

from clausette.hours.models import ReportingChange
from tests.hats import as_owner
from tests.hours.builders import World, party, uid_of, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def url(w: World, who: Any = None) -> str:
    return f"/o/{(who or w.pilot).slug}/engagements/{w.commitment.uid}/structure-declarante/"


def typed(w: World, **values: str) -> dict[str, str]:
    return {
        "structure": str(uid_of(w.stranger)),
        "from_month": "2026-10",
        "reason": "Accord du 2 novembre",
    } | values


def test_the_lead_structure_decides_and_all_is_shown(client: Client, w: World) -> None:
    party(w.contract, w.stranger, "copilot")
    as_(client, w.pilot)
    page = client.get(url(w)).content.decode()
    assert "Aucun changement" in page
    assert client.post(url(w), typed(w)).status_code == 302
    page = client.get(url(w)).content.decode()
    assert "Accord du 2 novembre" in page
    assert "octobre 2026" in page
    engagement = client.get(f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/").content.decode()
    assert "/structure-declarante/" in engagement


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"structure": ""}, "obligatoire"),
        ({"structure": "Essai"}, "choix"),
        ({"from_month": "2025-12"}, "Les années closes gardent"),
        ({"from_month": "décembre"}, "mois"),
        ({"reason": "non"}, "Dites pourquoi"),
        ({"reason": "NIR 1 85 05 78 006 084 91"}, "sécurité sociale"),
    ],
)
def test_bad_input_is_said_and_kept(client: Client, w: World, values: dict[str, str], sentence: str) -> None:
    party(w.contract, w.stranger, "copilot")
    answer = as_(client, w.pilot).post(url(w), typed(w, **values))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    with as_owner():
        assert not ReportingChange.objects.exists()


def test_the_others_read_why_they_may_not(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    assert "aucune autre structure" in page
    assert as_(client, w.stranger).get(url(w, w.stranger)).status_code == 404
    party(w.contract, w.stranger, "copilot")
    page = as_(client, w.stranger).get(url(w, w.stranger)).content.decode()
    assert "décide de la structure déclarante" in page
    assert client.post(url(w, w.stranger), typed(w)).status_code == 403
    assert as_(client, w.buyer).get(url(w, w.buyer)).status_code == 403
    assert client.put(url(w, w.buyer)).status_code == 405
