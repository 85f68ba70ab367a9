"""The statement on paper: to fill and sign, then as it was certified."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from clausette.hours.operations import Signer, submit_statement
from clausette.kernel.text import collapse
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, World, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return collapse(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages))


def test_paper_to_sign_names_the_people_then_says_who_certified(client: Client, w: World) -> None:
    month = f"marches/{w.contract.uid}/mois/2026-10/"
    page = as_(client, w.firm).get(f"/o/{w.firm.slug}/{month}").content.decode()
    assert f"/o/{w.firm.slug}/{month}releve.pdf" in page
    paper = text_of(client, f"/o/{w.firm.slug}/{month}releve.pdf")
    for words in ("heures, octobre 2026", "Diallo Salif", "Lemaire David", "Signature", "En qualité de"):
        assert words in paper
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.lemaire, "121.5"))
        signer = Signer("Inès Ferrand", "gérante")
        submit_statement(actor=firm, uid=ref.uid, version=None, signer=signer, at=noon(TODAY), on=TODAY)
    done = text_of(as_(Client(), w.pilot), f"/o/{w.pilot.slug}/heures/{ref.uid}/releve.pdf")
    assert "121,5 h certifiées le 16 novembre 2026 par Inès Ferrand, gérante" in done
    assert "Signature" not in done
    assert as_(Client(), w.stranger).get(f"/o/{w.stranger.slug}/heures/{ref.uid}/releve.pdf").status_code == 404
