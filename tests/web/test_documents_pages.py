"""A new document as pages: choose, look, issue; files; verification."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.agenda.builders import filled
from tests.hours.builders import World, uid_of
from tests.web.browsing import html, signed_in
from tests.world import demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    return filled()


def wanted(w: World, **changes: str) -> Any:
    """What the form sends for a bilan of the contract."""
    base: dict[str, Any] = {"nature": "summary", "objet": f"contract:{w.contract.uid}", "periode": "2026"}
    return base | {"formats": ["xlsx", "docx"]} | changes


def sent(w: World, **changes: str) -> tuple[Client, str]:
    """Issue as the facilitator; return the browser and the address of the document."""
    client = signed_in(w.pilot)
    response = client.post(f"/o/{w.pilot.slug}/documents/nouveau/", wanted(w, **changes))
    assert response.status_code == 302, response.content.decode()
    return client, response["Location"]


def asked(w: World, **changes: str) -> str:
    """The page that shows the figures before."""
    response = signed_in(w.pilot).get(f"/o/{w.pilot.slug}/documents/nouveau/", wanted(w, **changes))
    return response.content.decode()


def test_the_form_offers_what_the_structure_follows(w: World) -> None:
    page = html(w.pilot, "documents/nouveau/")
    assert f'value="contract:{w.contract.uid}"' in page
    assert f'value="buyer:{uid_of(w.buyer)}"' in page
    assert "Établir le document" not in page


def test_the_figures_are_seen_before_and_issued_after(w: World) -> None:
    page = asked(w)
    assert "140\u00a0h" in page
    assert "2\u00a0mois sans relevé" in page
    assert "Établir le document" in page
    client, shown = sent(w)
    page = client.get(shown).content.decode()
    assert "Bilan BIL-2026-0001" in page
    assert "Les chiffres conservés sont ceux du papier" in page
    for ending, kind in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("docx", b"PK")):
        response = client.get(f"{shown.rstrip('/')}.{ending}")
        assert response.content.startswith(kind)
        assert f"BIL-2026-0001.{ending}" in response["Content-Disposition"]


def test_two_clicks_from_the_engagement_to_the_point(w: World) -> None:
    page = html(w.pilot, f"engagements/{w.commitment.uid}/")
    link = f"documents/nouveau/?nature=update&amp;objet=commitment%3A{w.commitment.uid}&amp;periode=debut"
    assert link in page
    client, shown = sent(w, nature="update", objet=f"commitment:{w.commitment.uid}", periode="debut")
    assert shown.endswith(".pdf")
    assert client.get(shown).content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"objet": ""}, "Choisissez ce que dit le document"),
        ({"objet": "contract:nimporte"}, "pas dans la liste"),
        ({"nature": "year_certificate"}, "porte sur une entreprise"),
        ({"periode": "autre"}, "Donnez les deux jours"),
        ({"periode": "autre", "du": "2026-03-05", "au": "2026-03-31"}, "mois entiers"),
        ({"periode": "autre", "du": "demain", "au": "2026-03-31"}, "demain"),
        ({"periode": "2021"}, "Aucun engagement"),
    ],
)
def test_what_is_wrong_is_told_and_kept(w: World, changes: dict[str, str], sentence: str) -> None:
    response = signed_in(w.pilot).post(f"/o/{w.pilot.slug}/documents/nouveau/", wanted(w, **changes))
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert '<option value="summary" selected>' in page or "nature" in changes


def test_a_correction_asks_why_and_cites(w: World) -> None:
    client, shown = sent(w)
    page = client.get(shown).content.decode()
    assert "remplace=" in page
    uid = shown.rstrip("/").rsplit("/", 1)[1]
    refused = client.post(f"/o/{w.pilot.slug}/documents/nouveau/", wanted(w, remplace=uid))
    assert (refused.status_code, "Dites pourquoi" in refused.content.decode()) == (400, True)
    _, second = sent(w, remplace=uid, reason="Un relevé corrigé")
    assert "Annule et remplace" in client.get(second).content.decode()
    assert "la BIL-2026-0002 le remplace" in client.get(shown).content.decode()


def test_the_buyer_reads_his_and_the_firm_hers(w: World) -> None:
    _, bilan = sent(w)
    _, own = sent(w, diffusion="own")
    _, yearly = sent(w, nature="year_certificate", objet=f"firm:{w.uids['firm']}")
    answers = {}
    for who in (w.buyer, w.firm, w.stranger):
        paths = [shown.replace(w.pilot.slug, who.slug) for shown in (bilan, own, yearly)]
        answers[who.account_name] = [signed_in(who).get(path).status_code for path in paths]
    assert answers == {"Max": [200, 404, 404], "Zoe": [404, 404, 200], "Bob": [404, 404, 404]}
    assert "Nouveau document" not in html(w.buyer, "documents/")
    html(w.buyer, "documents/nouveau/", 403)
    assert "BIL-2026-0001" in html(w.buyer, "documents/?nature=summary&annee=2026")
    assert "Aucun document ne correspond" in html(w.buyer, "documents/?nature=update")


def test_a_file_or_a_fingerprint_is_checked(w: World) -> None:
    client, shown = sent(w)
    data = client.get(f"{shown.rstrip('/')}.pdf").content
    address = f"/o/{w.pilot.slug}/documents/verifier/"
    good = client.post(address, {"file": SimpleUploadedFile("x.pdf", data)}).content.decode()
    changed = client.post(address, {"file": SimpleUploadedFile("x.pdf", data + b" ")}).content.decode()
    assert "authentique" in good
    assert "BIL-2026-0001" in good
    assert "inconnu" in changed
    assert "authentique" not in changed
    nothing, wrong = client.post(address, {}), client.post(address, {"fingerprint": "xyz"})
    assert (nothing.status_code, wrong.status_code) == (400, 400)
    assert "Choisissez un fichier" in nothing.content.decode()
    assert "64 signes" in wrong.content.decode()


def test_a_document_being_set_says_so(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from clausette.reports.operations import follow_up

    monkeypatch.setattr(follow_up, "is_long", lambda _engagements, _lines: True)
    client, shown = sent(w)
    page = client.get(shown).content.decode()
    assert "En préparation" in page
    assert "0\u00a0fichier prêt sur 3" in page
    assert client.get(f"{shown.rstrip('/')}.pdf").status_code == 404


def test_an_unknown_format_does_not_exist(w: World) -> None:
    client, shown = sent(w)
    assert client.get(f"{shown.rstrip('/')}.odt").status_code == 404
    assert client.post(f"{shown.rstrip('/')}.xlsx").status_code == 405


def test_figures_say_how_they_are_counted_and_no_table_goes_sideways(w: World) -> None:
    client, shown = sent(w)
    page = client.get(shown).content.decode()
    assert "Comment il est compté : </span>rangées au mois travaillé" in page
    assert "c-table--scroll" not in page
    for title, kind in (("Engagements d’insertion", "cards"), ("Heures par mois travaillé", "plain")):
        start = page.index(f">{title}</caption>")
        assert page.rindex("c-table--", 0, start) == page.rindex(f"c-table--{kind}", 0, start), title
