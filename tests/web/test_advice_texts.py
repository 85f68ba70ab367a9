"""The pages « Textes »: list, preview and text to copy, DOCX; from a study, and from a contract."""

from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from clausette.advice.enums import TextKind
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


def test_twelve_texts_are_listed_with_what_is_missing(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    assert f'href="{study}textes/"' in read(client, study)
    page = read(client, f"{study}textes/")
    for kind in TextKind:
        assert f'href="{study}textes/{kind.value}/"' in page
    assert "valeurs" in plain(page)


def test_a_text_is_read_copied_and_downloaded(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    page = read(client, f"{study}textes/ccap/")
    assert "<mark>[à compléter" in page
    assert "Peinture" in page
    assert 'id="a-copier"' in page
    answer = client.get(f"{study}textes/ccap/docx/")
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert "ccap%20%C3%89cole%20Pasteur.docx" in answer.headers["Content-Disposition"]
    text = "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert "Ville de Nordre agit en faveur de l'accès ou du retour à l'emploi" in text


def test_one_lot_is_told_alone(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    page = read(client, f"{study}textes/rc/")
    lot = page.split('<option value="')[3].split('"')[0]
    alone = read(client, f"{study}textes/rc/?lot={lot}")
    paper = alone.split("<article")[1].split("</article>")[0]
    assert "Électricité" in paper
    assert "Peinture" not in paper
    assert f"docx/?lot={lot}" in alone
    assert client.get(f"{study}textes/rc/?lot={study.rstrip('/').rsplit('/', 1)[1]}").status_code == 404


def test_a_contract_has_its_texts(client: Client, w: World) -> None:
    address = f"/o/{w.pilot.slug}/conseil/marches/{w.contract.uid}/textes/"
    contract = read(as_(client, w.pilot), f"/o/{w.pilot.slug}/marches/{w.contract.uid}/")
    assert f'href="{address}"' in contract
    assert "Fiche de lancement" in plain(read(client, address))
    assert "Vous êtes titulaire du marché" in plain(read(client, f"{address}notification/"))
    assert client.get(f"{address}notification/docx/").status_code == 200
    assert client.get(f"{address}ccap/").status_code == 404, "written from a study only"
    alone = plain(read(client, f"{address}notification/?titulaire={w.uids['firm']}"))
    assert "Destinataire" in alone
    assert client.get(f"{address}notification/?titulaire={w.uids['etti']}").status_code == 404


def test_what_does_not_exist_is_not_found(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    assert client.get(f"{study}textes/magie/").status_code == 404
    theirs = study.replace(w.pilot.slug, w.stranger.slug)
    as_(client, w.stranger)
    for path in ("textes/", "textes/rc/", "textes/rc/docx/"):
        assert client.get(f"{theirs}{path}").status_code == 404
