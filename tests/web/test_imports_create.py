"""Sending an official file."""

from pathlib import Path

import pytest
from django.conf import settings

from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.files.rules.limits import Limit
from clausette.imports.models import ImportBatch
from clausette.kernel import clock
from clausette.procurement.models import Contract
from tests.hats import as_owner
from tests.imports.decp_builders import official_file, record
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, send, sent, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def test_the_page_announces_what_it_takes(people: Cast) -> None:
    page = text(browser(people.pilot).get(address(people.pilot, "nouveau/")))
    assert "JSON, XML ou CSV, 100\u00a0Mo au plus." in page
    assert 'enctype="multipart/form-data"' in page


def test_a_good_file_is_read_and_nothing_is_written(people: Cast) -> None:
    uid = sent(people.pilot, record())
    with as_owner():
        assert ImportBatch.objects.get().uid == uid
        assert not Contract.objects.exists()
    page = text(browser(people.pilot).get(address(people.pilot, f"{uid}/")))
    assert "Extension de l&#x27;école des Quatre-Vents" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Ce fichier est vide."),
        (b'{"marches": [', "le fichier s&#x27;arrête avant la fin"),
        (b"%PDF-1.7 %%EOF", "un PDF, pas un fichier DECP"),
        (b'{"marches": {"marche": []}}', "aucun marché"),
    ],
)
def test_a_bad_file_is_told_at_its_field(people: Cast, data: bytes, sentence: str) -> None:
    answer = send(people.pilot, data=data)
    page = text(answer)
    assert (answer.status_code, sentence in page) == (400, True)
    assert 'aria-describedby="id_file_helptext id_file_error"' in page


def test_no_file_is_told_at_its_field(people: Cast) -> None:
    answer = browser(people.pilot).post(address(people.pilot, "nouveau/"), {})
    assert (answer.status_code, "Choisissez un fichier." in text(answer)) == (400, True)


def test_a_file_too_large_is_cut_while_it_is_read(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limit(2000, LIMITS[Purpose.OFFICIAL].kinds, LIMITS[Purpose.OFFICIAL].names)
    monkeypatch.setitem(LIMITS, Purpose.OFFICIAL, small)
    answer = send(people.pilot, data=official_file(record()) + b" " * 4000)
    assert (answer.status_code, "Ce fichier est trop lourd" in text(answer)) == (413, True)
    assert "Choisissez un fichier." not in text(answer)
    answer = send(people.pilot, data=b" " * 9000)
    assert (answer.status_code, "Ce fichier est trop lourd" in text(answer)) == (413, True)


def test_the_token_is_still_asked(people: Cast) -> None:
    client = browser(people.pilot)
    client.handler.enforce_csrf_checks = True
    assert client.post(address(people.pilot, "nouveau/"), {}).status_code == 403


def test_the_same_file_again_opens_the_first_import(people: Cast) -> None:
    first = sent(people.pilot, record())
    answer = send(people.pilot, record())
    page = text(answer)
    assert (answer.status_code, f"{clock.now().year} par Ana" in page) == (400, True)
    assert address(people.pilot, f"{first}/") in page


def test_only_a_facilitator_sends_a_file(people: Cast) -> None:
    assert browser(people.buyer).get(address(people.buyer, "nouveau/")).status_code == 403
    assert send(people.firm, record()).status_code == 403


def test_a_stranger_to_the_structure_gets_404(people: Cast) -> None:
    assert browser(people.stranger).get(address(people.pilot, "nouveau/")).status_code == 404


def test_other_methods_are_refused(people: Cast) -> None:
    assert browser(people.pilot).delete(address(people.pilot, "nouveau/")).status_code == 405
