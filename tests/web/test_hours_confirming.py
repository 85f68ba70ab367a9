"""Hours of an ETTI: the titulaire confirms or contests on its page, the facilitator reads both figures and decides."""

import re

import pytest
from django.test import Client

from clausette.hours.models import Confirmation, HoursLine
from clausette.hours.operations import submit_statement
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    small = world()
    with as_owner():
        small.commitment.confirmed_by_firm = True
        small.commitment.save()
    with acting(small.etti) as etti:
        ref = small.save(etti, OCT, small.entry(small.diallo, "100"), declarant=small.uids["etti"])
        submit_statement(actor=etti, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    return small


def page(client: Client, w: World) -> str:
    return as_(client, w.firm).get(f"/o/{w.firm.slug}/heures/a-confirmer/").content.decode()


def sent(html: str, **typed: str) -> dict[str, str]:
    seen = dict(re.findall(r'name="(vu-[^"]+)" value="([^"]*)"', html))
    (uid,) = [name.removeprefix("vu-") for name in seen]
    return seen | {f"{name}-{uid}": value for name, value in typed.items()}


def test_contested_then_decided_and_both_figures_are_shown_to_both(client: Client, w: World) -> None:
    html = page(client, w)
    assert ("Diallo Salif" in html, "déclarées par Intérim Plus" in html, "100\u00a0h" in html) == (True, True, True)
    address = f"/o/{w.firm.slug}/heures/a-confirmer/"
    refused = client.post(address, sent(html, heures="8O", raison="absent"))
    assert (refused.status_code, 'value="8O"' in refused.content.decode()) == (400, True)
    form = sent(html, heures="80", raison="absent")
    assert "1\u00a0ligne contestée. Merci." in client.post(address, form, follow=True).content.decode()
    assert "1\u00a0réponse déjà envoyée. Merci." in client.post(address, form, follow=True).content.decode()
    with as_owner():
        row, statement = Confirmation.objects.get(), HoursLine.objects.get().statement
    sheet = f"/o/{w.pilot.slug}/heures/{statement.uid}/"
    shown = as_(client, w.pilot).get(sheet).content.decode()
    assert ("Absente tout ou partie du mois" in shown, "Trancher" in shown, "80\u00a0h" in shown) == (True, True, True)
    decide = f"/o/{w.pilot.slug}/confirmations/{row.uid}/trancher/"
    assert "80\u00a0h, selon Bâti Ouche" in client.get(decide).content.decode()
    decision = {"outcome": "declared", "reason": "Contrat de mission relu"}
    assert client.post(decide, {"outcome": "declared", "reason": ""}).status_code == 400
    assert client.post(decide, decision).status_code == 302
    assert "déjà tranché" in client.post(decide, decision, follow=True).content.decode()
    for who in (w.firm, w.etti):
        path = "a-confirmer/" if who is w.firm else f"{statement.uid}/"
        told = as_(client, who).get(f"/o/{who.slug}/heures/{path}").content.decode()
        assert ("Contestées, chiffre déclaré retenu" in told, "Contrat de mission relu" in told) == (True, True)
        assert "Trancher" not in told


def test_a_figure_changed_meanwhile_is_a_conflict(client: Client, w: World) -> None:
    form = sent(page(client, w))
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.diallo, "90"), declarant=w.uids["etti"], version=2)
    answer = client.post(f"/o/{w.firm.slug}/heures/a-confirmer/", form)
    assert answer.status_code == 409
    assert "100\u00a0h à l&#x27;écran, 90\u00a0h maintenant" in answer.content.decode()


def test_each_page_is_for_its_side(client: Client, w: World) -> None:
    assert as_(client, w.etti).get(f"/o/{w.etti.slug}/heures/a-confirmer/").status_code == 403
    assert "Aucune heure n'attend" not in page(client, w)
    with as_owner():
        w.commitment.confirmed_by_firm = False
        w.commitment.save()
    assert "Aucune heure n'attend votre réponse" in page(client, w)
