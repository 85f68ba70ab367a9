"""The documents, as pages: list, preview, issue, show, PDF."""

import pytest
from django.test import Client

from tests.agenda.builders import filled
from tests.hours.builders import World
from tests.web.browsing import html, signed_in
from tests.world import demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    return filled()


def address(w: World) -> str:
    """The form that issues an attestation."""
    return f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/attestation/"


def issue(w: World, as_of: str = "2026-10-31", query: str = "", **more: str) -> tuple[Client, object]:
    """Post the form as the facilitator."""
    client = signed_in(w.pilot)
    return client, client.post(f"{address(w)}{query}", {"as_of": as_of, **more})


def test_the_preview_tells_what_is_missing(w: World) -> None:
    page = html(w.pilot, f"engagements/{w.commitment.uid}/attestation/")
    assert 'value="2026-10-31"' in page
    assert "2\u00a0mois sans relevé" in page
    assert "1\u00a0mois à valider" in page


def test_issuing_shows_the_document_and_its_pdf(w: World) -> None:
    client, response = issue(w)
    assert response.status_code == 302  # type: ignore[attr-defined]  # a response
    shown = response["Location"]  # type: ignore[index]  # a response
    page = client.get(shown).content.decode()
    pdf = client.get(f"{shown.rstrip('/')}.pdf")
    assert "Attestation ATT-2026-0001" in page
    assert "140\u00a0h" in page
    assert "Les chiffres conservés sont ceux du papier" in page
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == 'inline; filename="ATT-2026-0001.pdf"'
    assert (pdf["Content-Type"], pdf["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    uid = shown.rstrip("/").rsplit("/", 1)[1]
    for who, status in ((w.buyer, 200), (w.firm, 200), (w.etti, 403), (w.stranger, 404)):
        for path in (f"documents/{uid}/", f"documents/{uid}.pdf"):
            assert signed_in(who).get(f"/o/{who.slug}/{path}").status_code == status
    assert "Établir une correction" not in html(w.buyer, f"documents/{uid}/")
    assert "ATT-2026-0001" in html(w.buyer, "documents/?mots=acacias")


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        ("2026-12-31", "à une date à venir"),
        ("2020-01-01", "commence le"),
        ("hier", "Donnez une date"),
        ("", "Donnez"),
    ],
)
def test_a_wrong_day_is_told_at_the_field_and_kept(w: World, as_of: str, sentence: str) -> None:
    _, response = issue(w, as_of)
    page = response.content.decode()  # type: ignore[attr-defined]  # a response
    assert response.status_code == 400  # type: ignore[attr-defined]  # a response
    assert sentence in page
    assert f'value="{as_of}"' in page or not as_of


def test_a_correction_asks_why_and_cites(w: World) -> None:
    _, first = issue(w)
    uid = first["Location"].rstrip("/").rsplit("/", 1)[1]  # type: ignore[index]  # a response
    _, refused = issue(w, query=f"?remplace={uid}")
    client, second = issue(w, query=f"?remplace={uid}", reason="Un relevé corrigé")
    assert refused.status_code == 400  # type: ignore[attr-defined]  # a response
    assert "Annule et remplace" in client.get(second["Location"]).content.decode()  # type: ignore[index]  # a response
    assert "déjà remplacé par le n° ATT-2026-0002" in html(w.pilot, f"documents/{uid}/")


def test_others_do_not_reach_the_form(w: World) -> None:
    path = f"engagements/{w.commitment.uid}/attestation/"
    assert "structure facilitatrice" in html(w.buyer, path, 403)
    html(w.stranger, path, 404)
    html(w.pilot, "documents/pas-un-uid/", 404)
    assert signed_in(w.pilot).post(f"/o/{w.pilot.slug}/documents/").status_code == 405


def test_an_empty_list_teaches(w: World) -> None:
    assert "Aucun document établi" in html(w.pilot, "documents/")
    assert "Vous les téléchargez ici" in html(w.buyer, "documents/")
