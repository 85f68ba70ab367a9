"""A validated month is reopened on screen: asked, decided by a colleague, told to the firm, never to the buyer."""

import re
from uuid import UUID

import pytest
from django.test import Client

from clausette.access.enums import MemberRole
from clausette.hours.models import Reopening, Statement
from clausette.hours.operations import submit_statement, validate_statement
from clausette.kernel.actor import Actor
from clausette.reports.models import Report
from clausette.reports.operations import issue_certificate
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration, member

pytestmark = pytest.mark.django_db
WHY = "Heures de formation oubliées"


@pytest.fixture
def w() -> World:
    demonstration()
    small = world()
    with acting(small.pilot) as pilot:
        ref = small.save(pilot, OCT, small.entry(small.lemaire, "121.5"), small.entry(small.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Feuilles vues."}, at=noon(TODAY),
            on=TODAY,
        )  # fmt: skip
    return small


@pytest.fixture
def colleague(w: World) -> Actor:
    return member(w.pilot, "lea@lys.example", MemberRole.MEMBER)


def uid() -> UUID:
    with as_owner():
        return Statement.objects.get().uid


def sheet(who: Actor) -> str:
    return f"/o/{who.slug}/heures/{uid()}/"


def page(client: Client, who: Actor, address: str) -> str:
    return as_(client, who).get(address).content.decode()


def ask(client: Client, w: World, reason: str = WHY, *, twice: bool = False) -> str:
    """Ask by the form of the page; return what the statement then says."""
    address = f"{sheet(w.pilot)}rouvrir/"
    (version,) = re.findall(r'name="version" value="(\d+)"', page(client, w.pilot, address))
    form = {"version": version, "reason": reason}
    if twice:
        client.post(address, form)
    return str(client.post(address, form, follow=True).content.decode())


def test_a_form_sent_empty_says_what_is_missing(client: Client, w: World) -> None:
    answer = as_(client, w.pilot).post(f"{sheet(w.pilot)}rouvrir/")
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()


def test_asked_then_accepted_by_a_colleague(client: Client, w: World, colleague: Actor) -> None:
    with acting(w.pilot) as pilot:
        issue_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=TODAY, on=TODAY)
    assert "Rouvrir ce mois" in page(client, w.pilot, sheet(w.pilot))
    before = page(client, w.pilot, f"{sheet(w.pilot)}rouvrir/")
    assert ("Votre collègue accepte ou refuse" in before, "ATT-2026-0001" in before) == (True, True)
    assert "221,5\u00a0h ne seront plus validées pour l&#x27;engagement de Bâti Ouche" in before
    assert "Dites" in ask(client, w, "non")
    again = ask(client, w, twice=True)
    assert "Une autre personne de votre structure en décide." in again
    assert ("était déjà enregistrée" in again, "Retirer la demande" in again, "Décider" in again) == (True, True, False)
    with as_owner():
        row = Reopening.objects.get()
    decide = f"/o/{w.pilot.slug}/reouvertures/{row.uid}/"
    assert "une autre personne en décide" in page(client, w.pilot, decide)
    assert client.post(decide, {"outcome": "accept"}).status_code == 403
    for desk in ("", "heures/a-valider/"):
        shown = page(client, colleague, f"/o/{w.pilot.slug}/{desk}")
        assert ("Réouvertures demandées" in shown, WHY in shown, f'href="{decide}"' in shown) == (True, True, True)
    assert client.post(decide, {"outcome": "decline", "reason": ""}).status_code == 400
    accepted = client.post(decide, {"outcome": "accept", "reason": ""}, follow=True).content.decode()
    assert "Le mois est rouvert : ses heures sont à valider." in accepted
    assert f"Ce mois a été rouvert le 16\u00a0novembre 2026\u00a0: «\u00a0{WHY}\u00a0»." in accepted
    assert ("remplacez-les une fois le mois validé" in accepted, "ATT-2026-0001" in accepted) == (True, True)
    assert "Feuilles vues." in accepted  # what was answered is proposed again
    assert "Ce mois était déjà rouvert." in client.post(decide, {"outcome": "accept"}, follow=True).content.decode()
    with as_owner():
        assert Report.objects.get().replaces_id is None  # an issued document is never rewritten


def test_the_firm_reads_it_with_the_reason_and_the_buyer_only_the_figures(
    client: Client, w: World, colleague: Actor
) -> None:
    ask(client, w)
    for who in (w.firm, w.buyer):
        assert WHY not in page(client, who, sheet(who))
    with as_owner():
        row = Reopening.objects.get()
    as_(client, colleague).post(f"/o/{w.pilot.slug}/reouvertures/{row.uid}/", {"outcome": "accept", "reason": ""})
    told = page(client, w.firm, sheet(w.firm))
    assert ("Ce mois a été rouvert" in told, WHY in told, "Rouvrir ce mois" in told) == (True, True, False)
    day = page(client, w.firm, f"/o/{w.firm.slug}/?role=entreprise")
    assert ("ce mois a été rouvert" in day, WHY in day) == (True, True)
    engagement = page(client, w.buyer, f"/o/{w.buyer.slug}/engagements/{w.commitment.uid}/")
    assert (WHY in engagement, "rouvert" in engagement) == (False, False)
    assert "221,5\u00a0h" in engagement  # to validate, no longer validated


def test_alone_it_is_said_and_can_be_taken_back(client: Client, w: World) -> None:
    assert "24\u00a0heures après votre demande" in page(client, w.pilot, f"{sheet(w.pilot)}rouvrir/")
    told = ask(client, w)
    assert "Le mois sera rouvert le 17\u00a0novembre 2026 à 10\u00a0h\u00a000" in told
    assert "rouvert le 17\u00a0novembre 2026" in page(client, w.pilot, f"/o/{w.pilot.slug}/")
    with as_owner():
        row = Reopening.objects.get()
    decide = f"/o/{w.pilot.slug}/reouvertures/{row.uid}/"
    assert "elle peut seulement être retirée" in page(client, w.pilot, decide)
    cancel = f"{decide}retirer/"
    assert "est retirée : le mois reste validé" in client.post(cancel, follow=True).content.decode()
    assert "déjà retirée" in client.post(cancel, follow=True).content.decode()
    assert client.get(f"{sheet(w.pilot)}rouvrir/").status_code == 200


def test_a_forbidden_button_says_why_and_a_changed_month_is_a_conflict(client: Client, w: World) -> None:
    with as_owner():
        w.commitment.closed_on = TODAY
        w.commitment.save()
    shown = page(client, w.pilot, sheet(w.pilot))
    assert ("L&#x27;engagement est soldé (Bâti Ouche" in shown, "Rouvrez d&#x27;abord l&#x27;engagement." in shown) == (
        True, True,
    )  # fmt: skip
    address = f"{sheet(w.pilot)}rouvrir/"
    refused = client.post(address, {"version": "3", "reason": WHY})
    assert (refused.status_code, WHY in refused.content.decode()) == (400, True)
    with as_owner():
        w.commitment.closed_on = None
        w.commitment.save()
    assert client.post(address, {"version": "1", "reason": WHY}).status_code == 409
    with as_owner():
        assert not Reopening.objects.exists()
