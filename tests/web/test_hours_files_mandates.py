"""The pages of a file of hours sent by a « mandat de déclaration »: found, read, written in whose name, closed."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clausette.hours.models import Statement
from clausette.kernel.actor import Actor
from clausette.procurement.operations import MandateEntry, give_mandate
from clausette.web.routes import all_routes
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, uid_of, world
from tests.imports.hours_files.books import book, row
from tests.web.browsing import signed_in
from tests.web.test_mandates import UNTIL, text
from tests.world import body, demonstration, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


@pytest.fixture
def durand() -> Actor:
    return member(body("Cabinet Durand"), "claire@durand.example")


def given(w: World, to: Actor, **on: Any) -> UUID:
    with acting(w.firm) as firm:
        entry = MandateEntry(TODAY, UNTIL, holder_uid=uid_of(to), **on)
        return give_mandate(actor=firm, entry=entry, on=TODAY, site="")


def at(w: World, path: str = "") -> str:
    return f"/o/{w.firm.slug}/fichiers-d-heures/{path}"


def test_from_the_first_page_to_the_statements_in_the_name_of_both(w: World, durand: Actor) -> None:
    mandate = f"/o/{w.firm.slug}/structure/mandats/{given(w, durand)}/"
    claire = signed_in(durand)
    assert at(w) in text(claire.get(f"/o/{w.firm.slug}/depot/"))
    start = text(claire.get(at(w)))
    assert "remplit les relevés de Bâti Ouche" in start
    assert "restent à Bâti Ouche" in start, "confirming is not asked, and the page says why"
    data = book(row("Lemaire", "David", 121.5), row("Inconnu", "Jean", 10))
    answer = claire.post(at(w), {"file": SimpleUploadedFile("paie.xlsx", data)})
    shown = answer.headers["Location"]
    page = text(claire.get(shown))
    said = "par Cabinet Durand (mandat de déclaration du 16 novembre 2026 au 30 juin 2027)"
    assert f"Claire, pour le compte de Bâti Ouche, {said}" in page
    assert f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/2026-10/" in page, "no link leads to a refusal"
    assert f'href="/o/{w.firm.slug}/heures/"' not in page
    for path in ("lignes/", "rapprochements/", "colonnes/", "confirmer/", "fichier/", "retour/", "abandonner/"):
        assert claire.get(f"{shown}{path}").status_code == 200, path
    assert claire.post(f"{shown}confirmer/", {"submit": "oui"}).status_code == 302
    with as_owner():
        statement = Statement.objects.get()
    for reader in (w.firm, w.pilot):
        sheet = text(signed_in(reader).get(f"/o/{reader.slug}/heures/{statement.uid}/"))
        assert f"pour le compte de Bâti Ouche, {said}" in sheet
        assert "par Claire, Cabinet Durand, pour le compte de Bâti Ouche" in sheet
    for page_of_firm in (at(w), mandate):
        listed = text(signed_in(w.firm).get(page_of_firm))
        assert "Claire, par mandat (Cabinet Durand)" in listed
        assert shown in listed
    assert claire.get(f"{shown}defaire/").status_code == 200


def test_the_same_file_is_refused_to_the_second_who_reads_why(w: World, durand: Actor) -> None:
    given(w, durand)
    data, firm = book(row("Lemaire", "David", 121.5)), signed_in(w.firm)
    first = firm.post(at(w), {"file": SimpleUploadedFile("paie.xlsx", data)}).headers["Location"]
    claire = signed_in(durand)
    answer = claire.post(at(w), {"file": SimpleUploadedFile("autre nom.xlsx", data)})
    assert (answer.status_code, "déjà envoyé, par l'entreprise elle-même" in text(answer)) == (400, True)
    assert first not in text(answer)
    assert claire.get(first).status_code == 404, "the firm's own file is not theirs to read"


def test_withdrawn_the_next_request_says_why(w: World, durand: Actor) -> None:
    uid, claire = given(w, durand), signed_in(durand)
    data = book(row("Lemaire", "David", 121.5))
    shown = claire.post(at(w), {"file": SimpleUploadedFile("paie.xlsx", data)}).headers["Location"]
    signed_in(w.firm).post(f"/o/{w.firm.slug}/structure/mandats/{uid}/retirer/")
    for answer in (claire.get(shown), claire.post(f"{shown}confirmer/", {"submit": "oui"})):
        assert (answer.status_code, "Votre mandat pour cette entreprise est terminé" in text(answer)) == (403, True)
    assert signed_in(w.firm).post(f"{shown}confirmer/", {"submit": "oui"}).status_code == 302
    with as_owner():
        assert Statement.objects.get().mandate_id is None


def test_no_door_of_a_file_opens_to_a_deposit() -> None:
    doors = [route for route in all_routes() if route.name.startswith("hours:files:")]
    assert len(doors) == 13
    assert all(route.mandate and not route.deposit for route in doors)
