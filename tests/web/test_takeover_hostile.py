"""Hostile workbooks sent by the page: a sentence for each, never an incident, nothing written to the marchés."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from clausette.imports.models import TakeoverBatch
from clausette.participants.models import Participant
from clausette.procurement.models import Contract
from tests.hats import as_owner
from tests.imports.takeover.hostile import READ, REFUSED
from tests.procurement.builders import Cast
from tests.web.imports_helpers import browser, scene, text
from tests.web.test_takeover_pages import send

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def nothing_written() -> bool:
    with as_owner():
        return not Contract.objects.exists() and not Participant.objects.exists()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why(people: Cast, name: str) -> None:
    answer = send(people.pilot, REFUSED[name], name)
    page = text(answer)
    assert answer.status_code == 400, name
    said = re.sub(r"<[^>]*>", " ", page.split('id="id_file_error"', 1)[1].split(">", 1)[1][:600])
    assert re.search(r"[A-ZÉÀ][^.]{10,}[.:]", said), said
    assert nothing_written()
    with as_owner():
        assert not TakeoverBatch.objects.exists()


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_not_trusted(people: Cast, name: str) -> None:
    answer = send(people.pilot, READ[name], name)
    assert answer.status_code == 302, text(answer)[:3000]
    client = browser(people.pilot)
    for path in ("", "lignes/?voir=toutes", "retour/", "colonnes/"):
        base = answer["Location"].removesuffix("colonnes/")
        page = client.get(base + path)
        assert page.status_code in (200, 302), (name, path)
        assert b"<script>alert" not in page.content
        assert b">../..<script>" not in page.content
    assert nothing_written()
