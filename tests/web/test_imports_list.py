"""The list of imports."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.imports.decp_builders import record
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, sent, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def test_an_empty_list_teaches(people: Cast) -> None:
    page = text(browser(people.pilot).get(address(people.pilot)))
    assert "Aucun import" in page
    assert address(people.pilot, "nouveau/") in page


def test_each_import_says_what_is_left(people: Cast) -> None:
    uid = sent(people.pilot, record(), record("2", objet=None), name="avril.json")
    page = text(browser(people.pilot).get(address(people.pilot)))
    assert "avril.json" in page
    assert "Lu, à confirmer" in page
    assert address(people.pilot, f"{uid}/?voir=a-corriger") in page
    assert "1\u00a0import" in page


def test_imports_of_others_are_not_listed(people: Cast) -> None:
    sent(people.pilot, record(), name="secret.json")
    assert "secret.json" not in text(browser(people.stranger).get(address(people.stranger)))


def test_the_part_for_htmx_a_wrong_page_and_method(people: Cast) -> None:
    sent(people.pilot, record())
    client = browser(people.pilot)
    assert "decp.json" in text(client.get(address(people.pilot), {"page": "9"}))
    assert "decp.json" in text(client.get(address(people.pilot), headers={"HX-Request": "true"}))
    assert client.post(address(people.pilot)).status_code == 405
    assert browser(people.buyer).get(address(people.buyer)).status_code == 403
    assert browser(people.stranger).get(address(people.pilot)).status_code == 404


def test_the_number_of_queries_does_not_grow(people: Cast) -> None:
    counts = []
    client = browser(people.pilot)
    for number in range(3):
        sent(people.pilot, record(f"n{number}"))
        with CaptureQueriesContext(connection) as caught:
            client.get(address(people.pilot))
        counts.append(len(caught))
    assert counts[0] == counts[2]
