"""No line of a page begins with « ; : ! ? » or a closing guillemet: what is sent to browsers is glued."""

import re
from typing import Any

import pytest
from django.test import Client

from config.settings import live
from tests.hours.builders import World, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = pytest.mark.django_db
LOOSE = re.compile(r"\S [;:!?»](?!\w)|« ")
TEXT = re.compile(r"<(script|style|textarea)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.fixture
def w(settings: Any) -> World:
    settings.MIDDLEWARE = live.MIDDLEWARE
    demonstration()
    return world()


def loose(html: str) -> list[str]:
    """What of the text of a page could begin or end a line alone, with what surrounds it."""
    text = TEXT.sub("|", html)
    return [text[max(0, one.start() - 30) : one.end() + 10] for one in LOOSE.finditer(text)]


def test_pages_of_each_kind(client: Client, w: World) -> None:
    as_(client, w.pilot)
    at = f"/o/{w.pilot.slug}"
    pages = {
        "structure/regles-par-defaut/": 200, f"engagements/{w.commitment.uid}/controles/": 200, "": 200, "heures/": 200,
        f"marches/{w.contract.uid}/": 200, f"engagements/{w.commitment.uid}/": 200, "inconnue/": 404,
        f"marches/{w.contract.uid}/grille/": 200,
    }  # fmt: skip
    glued = 0
    for path, status in pages.items():
        answer = client.get(f"{at}/{path}")
        html = answer.content.decode()
        assert (answer.status_code, loose(html)) == (status, []), path
        glued += len(re.findall(r"[\u202f\u00a0][;:!?»]", html))
    assert glued > 20


def test_what_is_typed_comes_back_as_it_was_typed(client: Client, w: World) -> None:
    as_(client, w.pilot)
    address = f"/o/{w.pilot.slug}/recherche/?q=Gymnase+%3A+lot+1"
    assert 'value="Gymnase : lot 1"' in client.get(address).content.decode()


def test_files_are_left_alone(client: Client, w: World) -> None:
    as_(client, w.pilot)
    answer = client.get(f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/courbe.svg")
    assert answer.get("Content-Type", "").startswith("image/")
