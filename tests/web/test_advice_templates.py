"""The pages « Modèles »: ours to start from, one's own sent, refused with its place, withdrawn; the DOCX follows it."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from tests.advice.test_own_templates import brought
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


def sent(data: bytes, name: str = "notre-ccap.docx") -> dict[str, object]:
    return {"kind": "ccap", "file": SimpleUploadedFile(name, data)}


def test_ours_are_explained_and_downloaded(client: Client, w: World) -> None:
    address = f"/o/{w.pilot.slug}/conseil/modeles/"
    page = plain(read(as_(client, w.pilot), address))
    assert "Aucun modèle à vous" in page
    assert "le nôtre" in page
    kind = plain(read(client, f"{address}textes/ccap/"))
    assert "{{ acheteur }} maître d'ouvrage" in kind
    answer = client.get(f"{address}textes/ccap/docx/")
    assert "{{ acheteur }}" in "".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert client.get(f"{address}textes/magie/").status_code == 404


def test_ones_own_serves_until_it_is_withdrawn(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    address = f"/o/{w.pilot.slug}/conseil/modeles/"
    assert client.post(address, sent(brought("Le CCAP de {{ acheteur }}"))).status_code == 302
    page = read(client, address)
    assert "notre-ccap.docx" in page
    assert "le vôtre, version 1" in plain(page)
    answer = client.get(f"{study}textes/ccap/docx/")
    assert [one.text for one in Document(BytesIO(answer.content)).paragraphs] == ["Le CCAP de Ville de Nordre"]
    assert "Le DOCX suit votre modèle, version 1." in plain(read(client, f"{study}textes/ccap/"))
    withdraw = re.search(r'action="([^"]*/retirer/)"', page)
    assert withdraw
    file = withdraw[1].replace("retirer", "fichier")
    assert client.get(file).headers["Content-Disposition"] == 'attachment; filename="notre-ccap.docx"'
    assert client.post(withdraw[1]).status_code == 302
    assert "le vôtre, version" not in plain(read(client, address))


def test_what_is_wrong_is_told_with_its_place(client: Client, w: World) -> None:
    address = f"/o/{w.pilot.slug}/conseil/modeles/"
    answer = as_(client, w.pilot).post(address, sent(brought("Bonjour {{ personne }}")))
    assert answer.status_code == 400
    told = plain(answer.content.decode())
    assert "Variable inconnue « personne », paragraphe 1 : « Bonjour {{ personne }} »." in told
    assert client.post(address, sent(b"%PDF-1.4 %%EOF", "ccap.pdf")).status_code == 400
    assert client.post(address, {"kind": "ccap"}).status_code == 400
    heavy = client.post(address, sent(b"PK" + b"0" * 6 * 1024 * 1024))
    assert heavy.status_code == 413
    assert "5 Mo au plus" in plain(heavy.content.decode())
