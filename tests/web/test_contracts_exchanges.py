"""A notified contract whose firm nobody spoke to waits on « Ma journée » until an exchange is noted."""

import pytest
from django.test import Client

from tests.hats import as_owner
from tests.hours.builders import World
from tests.hours.test_operations_reporting import w
from tests.web.test_advice_pages import plain
from tests.web.test_advice_studies import read
from tests.web.test_hours_grid import as_
from tests.world import demonstration

__all__ = ["w"]
pytestmark = [pytest.mark.django_db]


def test_the_silence_of_a_notified_contract_ends_with_two_clicks(client: Client, w: World) -> None:
    demonstration()
    from clausette.procurement.models import Contract

    with as_owner():
        Contract.objects.filter(pk=w.contract.pk).update(state="notified", notified_on="2026-10-20")
    day = f"/o/{w.pilot.slug}/"
    note = f"/o/{w.pilot.slug}/marches/{w.contract.uid}/echanges/nouveau/"
    shown = plain(read(as_(client, w.pilot), day))
    assert "Marchés notifiés sans contact" in shown
    form = read(client, note)
    assert note in read(client, day)
    firm = form.split('<option value="')[1].split('"')[0]
    sent = {"organisation": firm, "on": "2026-11-16", "note": "Réunion de démarrage fixée"}
    refused = client.post(note, sent)
    assert refused.status_code == 400
    assert "Réunion de démarrage fixée" in refused.content.decode()
    late = client.post(note, {**sent, "kind": "call", "on": "2026-12-30"})
    assert "une fois qu'il a eu lieu" in plain(late.content.decode())
    assert client.post(note, {**sent, "kind": "call"}).status_code == 302
    assert "Marchés notifiés sans contact" not in plain(read(client, day))
    page = plain(read(client, f"/o/{w.pilot.slug}/marches/{w.contract.uid}/?complet=1"))
    later = plain(read(client, f"/o/{w.pilot.slug}/marches/{w.contract.uid}/?bloc=echanges"))
    assert "Appel" in later
    assert "Appel" in page
    assert "Réunion de démarrage fixée" in page
    as_(client, w.buyer)
    assert "Réunion de démarrage" not in read(client, f"/o/{w.buyer.slug}/marches/{w.contract.uid}/?bloc=echanges")
    assert client.post(note.replace(w.pilot.slug, w.buyer.slug), {**sent, "kind": "call"}).status_code == 403
