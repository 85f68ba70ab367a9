"""A correction proposed on screen: by the firm, by a deposit, answered by the facilitator, read by both."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from clausette.hours.models import CorrectionProposal, HoursLine, Statement
from clausette.hours.operations import correct_line, submit_statement, validate_statement
from clausette.kernel.actor import Actor
from tests.agenda.test_reminders import contact
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.hours.test_operations_collective import attest
from tests.web.test_deposit import EMAIL, entered, opened
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = pytest.mark.django_db
WHY = "Feuille d'heures mal lue"


@pytest.fixture
def w() -> World:
    demonstration()
    return validated()


def validated() -> World:
    """October of two people at work for the firm, 121,5 h and 100 h, validated."""
    small = world()
    with acting(small.pilot) as pilot:
        ref = small.save(pilot, OCT, small.entry(small.lemaire, "121.5"), small.entry(small.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Feuilles vues."}, at=noon(TODAY),
            on=TODAY,
        )  # fmt: skip
    return small


def month(w: World) -> str:
    return f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/2026-10/"


def line(w: World) -> Any:
    with as_owner():
        return HoursLine.objects.get(placement=w.lemaire, corrects=None)


def page(client: Client, who: Actor, address: str) -> str:
    return text(as_(client, who).get(address))


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def form_of(html: str, **values: str) -> dict[str, str]:
    (seen,) = re.findall(r'name="vu" value="([\d,.]+)"', html)
    return {"vu": seen, "hours": "112", "reason": WHY, **values}


def propose(client: Client, w: World, **values: str) -> Any:
    address = f"/o/{w.firm.slug}/lignes/{line(w).uid}/proposer/"
    return client.post(address, form_of(text(client.get(address)), **values), follow=True)


def row() -> Any:
    with as_owner():
        return CorrectionProposal.objects.get()


def sheet(who: Actor) -> str:
    with as_owner():
        uid: UUID = Statement.objects.get().uid
    return f"/o/{who.slug}/heures/{uid}/"


def test_proposed_from_the_month_then_accepted_and_both_read_it(client: Client, w: World) -> None:
    html = page(client, w.firm, month(w))
    assert ("Une erreur dans ces heures ?" in html, html.count("/proposer/")) == (True, 2)
    assert "Dites pourquoi" in text(propose(client, w, reason="non"))
    bad = propose(client, w, hours="121,5")
    assert (bad.status_code, "vaut déjà 121,5 h" in text(bad), WHY in text(bad)) == (400, True, True)
    html = text(propose(client, w))
    assert "La correction est proposée. Les heures validées ne changent pas" in html
    assert ("En attente de réponse" in html, "−9,5 h" in html, "Retirer" in html) == (True, True, True)
    assert html.count("/proposer/") == 1
    again = page(client, w.firm, f"/o/{w.firm.slug}/lignes/{line(w).uid}/proposer/")
    assert ("déjà proposée pour cette ligne" in again, 'name="hours"' in again) == (True, False)
    desk = page(client, w.pilot, f"/o/{w.pilot.slug}/heures/a-valider/")
    answer = f"/o/{w.pilot.slug}/corrections-proposees/{row().uid}/"
    assert ("Corrections proposées" in desk, answer in desk) == (True, True)
    assert answer in page(client, w.pilot, sheet(w.pilot))
    html = page(client, w.pilot, answer)
    assert ("112 h" in html, "au lieu de 121,5 h validées, soit −9,5 h" in html, WHY in html) == (True, True, True)
    assert ("passe de 221,5 h à 212 h" in html, "passe de 221,5 h validées à 212 h" in html) == (True, True)
    assert "accepter ou refuser" in text(client.post(answer, {}))
    assert "Dites pourquoi" in text(client.post(answer, {"outcome": "decline", "reason": ""}))
    done = text(client.post(answer, {"outcome": "accept"}, follow=True))
    assert ("La correction est acceptée" in done, f"correction : Proposée par le déclarant : {WHY}" in done) == (
        True, True,
    )  # fmt: skip
    assert "déjà accepté" in text(client.post(answer, {"outcome": "accept"}, follow=True))
    assert "Cette proposition est close." in text(client.get(answer))
    html = page(client, w.firm, month(w))
    assert ("Acceptée" in html, "112 h" in html) == (True, True)
    day = page(client, w.firm, f"/o/{w.firm.slug}/?role=entreprise")
    assert "octobre 2026 : votre correction proposée, 112 h au lieu de 121,5 h" in day


def test_declined_and_the_firm_reads_why(client: Client, w: World) -> None:
    propose(as_(client, w.firm), w)
    answer = f"/o/{w.pilot.slug}/corrections-proposees/{row().uid}/"
    assert as_(client, w.firm).get(answer.replace(w.pilot.slug, w.firm.slug)).status_code == 403
    as_(client, w.pilot)
    said = {"outcome": "decline", "reason": "Le planning dit 121,5 h"}
    assert "l'entreprise lit votre motif" in text(client.post(answer, said, follow=True))
    html = page(client, w.firm, month(w))
    assert ("Refusée" in html, "Le planning dit 121,5 h" in html, html.count("/proposer/")) == (True, True, 2)


def test_several_are_accepted_at_once_those_on_screen_only(client: Client, w: World) -> None:
    with as_owner():
        lines = list(HoursLine.objects.order_by("id").values_list("uid", flat=True))
    as_(client, w.firm)
    for uid in lines:
        client.post(f"/o/{w.firm.slug}/lignes/{uid}/proposer/", {"hours": "90", "reason": WHY})
    html = page(client, w.pilot, sheet(w.pilot))
    assert "Accepter les 2 corrections" in html
    (uids,) = re.findall(r'name="propositions" value="([^"]+)"', html)
    address = f"{sheet(w.pilot)}corrections-proposees/"
    done = text(client.post(address, {"propositions": uids}, follow=True))
    assert "2 corrections acceptées et enregistrées" in done
    assert "avaient déjà une réponse" in text(client.post(address, {"propositions": uids}, follow=True))
    assert "180 h" in page(client, w.firm, sheet(w.firm))


def test_withdrawn_twice_and_what_changed_meanwhile_keeps_what_was_typed(client: Client, w: World) -> None:
    propose(as_(client, w.firm), w)
    address = f"/o/{w.firm.slug}/corrections-proposees/{row().uid}/retirer/"
    assert "La proposition est retirée" in text(client.post(address, follow=True))
    assert "déjà retirée" in text(client.post(address, follow=True))
    form = form_of(text(client.get(f"/o/{w.firm.slug}/lignes/{line(w).uid}/proposer/")))
    with acting(w.pilot) as pilot:
        correct_line(
            actor=pilot, line_uid=line(w).uid, new_hours=Decimal(115), reason="Vu au téléphone", at=noon(TODAY),
            on=TODAY,
        )  # fmt: skip
    late = client.post(f"/o/{w.firm.slug}/lignes/{line(w).uid}/proposer/", form)
    assert (late.status_code, "elle vaut maintenant 115 h" in text(late), WHY in text(late)) == (409, True, True)
    assert 'name="vu" value="115"' in text(late)


def test_without_account_it_is_proposed_and_withdrawn_too() -> None:
    w = validated()
    contact(w, w.contract, w.firm.organisation_id, EMAIL)
    client = entered(w, opened(w))
    assert "/proposer/" in text(client.get(month(w)))
    html = text(propose(client, w))
    assert ("La correction est proposée" in html, "En attente de réponse" in html) == (True, True)
    with as_owner():
        assert "sans compte" in row().proposed_by.full_name
    done = text(client.post(f"/o/{w.firm.slug}/corrections-proposees/{row().uid}/retirer/", follow=True))
    assert "La proposition est retirée" in done


def test_neither_buyer_nor_another_firm_enters(client: Client, w: World) -> None:
    propose(as_(client, w.firm), w)
    for who in (w.etti, w.buyer):
        as_(client, who)
        for address in (
            f"/o/{who.slug}/lignes/{line(w).uid}/proposer/",
            f"/o/{who.slug}/corrections-proposees/{row().uid}/",
        ):
            assert client.get(address).status_code in (403, 404)
        assert client.post(f"/o/{who.slug}/corrections-proposees/{row().uid}/retirer/").status_code in (403, 404)
    assert row().state == "open"


def test_hours_without_names_are_proposed_and_answered_as_lines_are(client: Client) -> None:
    demonstration()
    w = world()
    with acting(w.pilot) as pilot:
        uid = attest(pilot, w)
        submit_statement(actor=pilot, uid=uid, version=None, at=noon(TODAY), on=TODAY)
        validate_statement(actor=pilot, uid=uid, version=None, at=noon(TODAY), on=TODAY)
    html = page(client, w.firm, month(w))
    (address,) = re.findall(r'href="([^"]+/proposer/)"', html)
    assert ("Heures non nominatives" in html, address in page(client, w.firm, sheet(w.firm))) == (True, True)
    shown = text(client.get(address))
    assert ("Heures non nominatives (3 personnes)" in shown, "240 h validées" in shown) == (True, True)
    assert "744" in text(client.post(address, form_of(shown, hours="3000")))
    html = text(client.post(address, form_of(shown, hours="200"), follow=True))
    assert ("La correction est proposée" in html, "−40 h" in html, "/proposer/" in html) == (True, True, False)
    answer = f"/o/{w.pilot.slug}/corrections-proposees/{row().uid}/"
    html = page(client, w.pilot, answer)
    assert ("Heures non nominatives, octobre 2026" in html, "passe de 240 h à 200 h" in html) == (True, True)
    assert "La correction est acceptée" in text(client.post(answer, {"outcome": "accept"}, follow=True))
    html = page(client, w.firm, month(w))
    assert ("Acceptée" in html, WHY in html) == (True, True)
