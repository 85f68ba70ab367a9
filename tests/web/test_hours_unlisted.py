"""Somebody who is not in the list: typed on the month of the firm, settled on the page of the facilitator."""

import re
from typing import Any

import pytest
from django.test import Client

from clausette.hours.models import Statement, UnlistedPerson
from tests.files.builders import nir_with_key
from tests.hats import as_owner
from tests.hours.builders import World, world
from tests.web.test_hours_grid import as_, name, sent, written
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]
ZOE = {"hors-liste-last_name": "Martin", "hors-liste-first_name": "Zoé", "hors-liste-hours": "35"}


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def url(w: World) -> str:
    return f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/2026-10/"


def page(client: Client, w: World) -> str:
    return as_(client, w.firm).get(url(w)).content.decode()


def rows() -> list[Any]:
    with as_owner():
        return list(UnlistedPerson.objects.order_by("id"))


def test_added_beside_the_list_then_taken_back_and_hours_typed_are_kept(client: Client, w: World) -> None:
    form = sent(page(client, w), **{name(w, w.lemaire): "100"}, **ZOE, acte="ajouter")
    html = client.post(url(w), form, follow=True).content.decode()
    assert "La personne est ajoutée au relevé d&#x27;octobre" in html
    assert ("Martin Zoé" in html, "À rapprocher par le facilitateur" in html) == (True, True)
    assert written() == [("10", "100.00")]
    gone = sent(html, acte=f"retirer {rows()[0].uid}")
    html = client.post(url(w), gone, follow=True).content.decode()
    assert (rows(), "Martin" in html, written()) == ([], False, [("10", "100.00")])


def test_what_is_missing_or_forbidden_is_said_at_its_field_and_nothing_is_written(client: Client, w: World) -> None:
    html = page(client, w)
    for typed, told in (
        ({"hors-liste-last_name": "Martin"}, "Écrivez le prénom."),
        (ZOE | {"hors-liste-hours": "800"}, "Au plus 744"),
        (ZOE | {"hors-liste-note": f"n° {nir_with_key()}"}, "numéro de sécurité sociale"),
        (ZOE | {"hors-liste-birth_date": "2027-01-01"}, "dans le futur"),
    ):
        answer = client.post(url(w), sent(html, **{name(w, w.lemaire): "100"}, **typed, acte="envoyer"))
        text = answer.content.decode()
        assert (answer.status_code, told in text) == (400, True)
        assert ('value="Martin"' in text, 'value="100"' in text) == (True, True)
    assert client.post(url(w), sent(html, acte="ajouter")).status_code == 400
    assert (rows(), written()) == ([], [])


def test_sent_with_the_month_matched_by_the_facilitator_or_refused(client: Client, w: World) -> None:
    sheet = sent(page(client, w), **{name(w, w.diallo): "100"}, **ZOE, acte="envoyer")
    assert client.post(url(w), sheet).status_code == 302
    client.post(url(w), sheet)
    (one,) = rows()
    with as_owner():
        uid = Statement.objects.get().uid
    desk = as_(client, w.pilot).get(f"/o/{w.pilot.slug}/heures/a-valider/").content.decode()
    assert "1\u00a0personne à rapprocher" in desk
    shown = client.get(f"/o/{w.pilot.slug}/heures/{uid}/").content.decode()
    assert ("et 35\u00a0h à rapprocher" in shown, "Vous pouvez valider le reste" in shown) == (True, True)
    settle = f"/o/{w.pilot.slug}/personnes-a-rapprocher/{one.uid}/"
    html = client.get(settle).content.decode()
    assert (settle in shown, "Lemaire David" in html, "a déjà 100\u00a0h dans ce relevé" in html) == (True, True, True)
    choices = re.findall(r'name="person" value="([^"]+)"', html)
    assert client.post(settle, {"acte": "rapprocher"}).status_code == 400
    david = next(key for key in choices if str(w.lemaire.uid) in key)
    answer = client.post(settle, {"acte": "rapprocher", "person": david}, follow=True)
    assert "La personne est rapprochée" in answer.content.decode()
    assert sorted(written()) == [("10", "100.00"), ("10", "35.00")]
    assert "est rapprochée" in client.get(settle).content.decode()
    again = client.post(settle, {"acte": "rapprocher", "person": david}, follow=True).content.decode()
    assert "Cette personne est rapprochée" in again


def test_refused_and_the_firm_reads_why(client: Client, w: World) -> None:
    client.post(url(w), sent(page(client, w), **ZOE, acte="envoyer"))
    settle = f"/o/{w.pilot.slug}/personnes-a-rapprocher/{rows()[0].uid}/"
    assert as_(client, w.firm).get(settle.replace(w.pilot.slug, w.firm.slug)).status_code == 403
    as_(client, w.pilot)
    assert client.post(settle, {"acte": "ecarter", "reason": ""}).status_code == 400
    done = client.post(settle, {"acte": "ecarter", "reason": "Hors du marché"}, follow=True).content.decode()
    assert "L&#x27;entreprise lit votre motif" in done
    assert "Hors du marché" in page(client, w)
    with as_owner():
        uid = Statement.objects.get().uid
    paper = as_(client, w.firm).get(f"/o/{w.firm.slug}/heures/{uid}/releve.pdf")
    assert paper.status_code == 200
