"""Journeys: a real server, a real browser, a database cloned for each module.

`empty` is an installation just migrated, `demonstration` one with the world. Both are fixtures of a module: their
`site` is served by gunicorn under the web role. `person(site)` opens a browser for somebody:

    def test_something(demonstration: Running, person: Callable[[str], Journey]) -> None:
        nadia = person(demonstration.site)
        nadia.sign_in("…", PASSWORD)
        nadia.check("ma-journee")            # axe, sideways scroll, pictures at 1280 and 360
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.installation import ROOT, Installation, database, served
from tests.journeys.page import DESKTOP, PATIENCE, Journey

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Running:
    """An installation and the address where it answers."""

    installation: Installation
    site: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; skip them, aloud, without a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium est absent : parcours non fait"))


@pytest.fixture(scope="session")
def statics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files, gathered once."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory, statics: Path) -> Iterator[Installation]:
    """A database just migrated, to be cloned."""
    with database(f"journey_template_{os.getpid()}", os.environ.get("TEST_TABLES", "template1")) as name:
        made = Installation(name, tmp_path_factory.mktemp("template"), statics)
        made.manage("migrate", "--verbosity", "0")
        made.manage("collectstatic", "--no-input", "--verbosity", "0")
        yield made


@pytest.fixture(scope="session")
def world_template(
    tmp_path_factory: pytest.TempPathFactory, empty_template: Installation
) -> Iterator[Installation]:
    """A database with the demonstration world, to be cloned."""
    if not list(ROOT.glob("c*/**/management/commands/world.py")):
        pytest.skip("manage world is not there")
    with database(f"journey_world_{os.getpid()}", empty_template.database) as name:
        made = Installation(name, tmp_path_factory.mktemp("world"), empty_template.static)
        made.manage("world", "--scale", "S", "--seed", "1")
        yield made


def _running(template: Installation, state: Path) -> Iterator[Running]:
    shutil.copytree(template.state, state, dirs_exist_ok=True)  # the key of the installation, its files
    with database(f"journey_{os.getpid()}_{state.name}".replace("-", "_"), template.database) as name:
        installation = Installation(name, state, template.static)
        with served(installation) as site:
            yield Running(installation, site)


@pytest.fixture(scope="module")
def empty(empty_template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A real installation where nobody has come in yet."""
    yield from _running(empty_template, tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def demonstration(
    world_template: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """The demonstration, as `run.py` makes it."""
    yield from _running(world_template, tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[[str], Journey]]:
    """Open a browser for somebody at an address; at the end, no page of theirs may have complained."""
    met: list[Journey] = []

    def come(site: str) -> Journey:
        context = browser.new_context(viewport=DESKTOP, locale="fr-FR", timezone_id="Europe/Paris")  # type: ignore[arg-type]  # a plain dictionary
        context.set_default_timeout(PATIENCE)
        met.append(Journey(context.new_page(), site))
        return met[-1]

    yield come
    said = [word for one in met for word in one.said]
    for one in met:
        one.page.context.close()
    assert said == []
