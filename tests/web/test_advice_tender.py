"""The page « Vérifier le DCE »: compared, kept, the study « Inscrit au DCE, vérifié »."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.advice.models import Study, TenderCheck
from tests.advice.test_own_templates import brought
from tests.hats import as_owner
from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_advice_pages import plain
from tests.web.test_advice_studies import opened, read
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]
KEEP = {"kind": "ccap", "garder": "1"}


@pytest.fixture(autouse=True)
def _cast() -> None:
    demonstration()


def accepted(client: Client, who: World) -> str:
    study = opened(client, who.pilot)
    for state in ("opinion_given", "accepted"):
        assert client.post(f"{study}etat/", {"state": state}).status_code == 302
    return study


def test_a_tender_is_compared_then_kept_and_the_study_is_verified(client: Client, w: World) -> None:
    study = accepted(client, w)
    ours = read(client, f"{study}textes/ccap/").split('aria-label="Texte à copier">')[1].split("</textarea>")[0]
    said, changed = "Une heure n'est comptée qu'une fois", "Une heure peut être comptée deux fois"
    text = ours.replace("&#x27;", "'").replace(said, changed)
    page = plain(client.post(f"{study}dce/", {"kind": "ccap", "texte": text, "comparer": "1"}).content.decode())
    assert "Différent de notre avis" in page
    assert "Une heure peut être comptée deux fois, pour un seul marché." in page
    refused = client.post(f"{study}dce/", {**KEEP, "texte": text, "move": "on"})
    assert refused.status_code == 400
    assert "dites pourquoi vous l'acceptez ainsi" in plain(refused.content.decode())
    sent = {**KEEP, "texte": text, "move": "on", "comment": "Vu avec l'acheteur."}
    assert client.post(f"{study}dce/", sent).headers["Location"] == study
    shown = plain(read(client, study))
    assert "Inscrit au DCE, vérifié" in shown
    assert "texte : différent de notre avis" in shown
    assert "Vu avec l'acheteur." in plain(read(client, f"{study}dce/"))


def test_a_file_is_read_and_never_kept(client: Client, w: World) -> None:
    study = accepted(client, w)
    file = SimpleUploadedFile("ccap.docx", brought("Aucune n'est imposée.", cell="Publics"))
    page = client.post(f"{study}dce/", {"kind": "ccap", "comparer": "1", "file": file}).content.decode()
    assert "Aucune n&#x27;est imposée." in page.split('name="texte"')[1]
    wrong = SimpleUploadedFile("ccap.pdf", b"%PDF-1.4 %%EOF")
    answer = client.post(f"{study}dce/", {"kind": "ccap", "comparer": "1", "file": wrong})
    assert answer.status_code == 400
    assert "ici, les types admis sont DOCX ou TXT" in plain(answer.content.decode())
    with as_owner():
        assert not TenderCheck.objects.exists()


def test_it_waits_for_the_opinion_to_be_accepted(client: Client, w: World) -> None:
    study = opened(client, w.pilot)
    reason = "Le DCE se vérifie quand l'avis est accepté."
    assert reason in plain(read(client, study))
    assert reason in plain(read(client, f"{study}dce/"))
    assert client.post(f"{study}dce/", {**KEEP, "texte": "x"}).status_code == 400
    assert client.post(f"{study}dce/", KEEP).status_code == 400
    with as_owner():
        assert not TenderCheck.objects.exists()
        assert Study.objects.get().state == "to_study"


def test_strangers_find_nothing(client: Client, w: World) -> None:
    theirs = accepted(client, w).replace(w.pilot.slug, w.stranger.slug)
    as_(client, w.stranger)
    assert client.get(f"{theirs}dce/").status_code == 404
    assert client.post(f"{theirs}dce/", {**KEEP, "texte": "x"}).status_code == 404
