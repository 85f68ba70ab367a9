"""Published changes on screen: the day, the contract, the list, « C'est traité »."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.imports.models import OfficialChange
from clausette.imports.operations import apply_batch
from clausette.imports.queries import waiting_changes
from clausette.kernel import clock
from clausette.procurement.models import Contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import act, act_changed, avenant, record, take
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def publish(people: Cast, *records: Any) -> None:
    batch = take(people.pilot, *records)
    with acting(people.pilot) as actor:
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)


def changed(people: Cast, *numbers: str) -> None:
    """Contracts read once, then published with an avenant and a sub-contractor."""
    publish(people, *(record(number) for number in numbers))
    more = {"actesSousTraitance": [act(1)], "modificationsActesSousTraitance": [act_changed(1)]}
    publish(people, *(record(number, modifications=[avenant(1)], **more) for number in numbers))


def page(people: Cast, path: str = "", who: str = "pilot") -> str:
    actor = getattr(people, who)
    answer = browser(actor).get(f"/o/{actor.slug}/{path}")
    assert answer.status_code == 200
    return text(answer)


def first(people: Cast) -> UUID:
    with acting(people.pilot) as actor:
        return waiting_changes(actor=actor)[0].changes[0].uid


def test_the_day_says_what_changed_since_when_and_leads_to_the_contract(people: Cast) -> None:
    changed(people, "N1")
    with as_owner():
        made = Contract.objects.get()
    day = page(people)
    assert "Deux choses vous attendent" in day, "the change, and a firm nobody spoke to since the notification"
    assert "Marchés changés par une publication" in day
    assert "Montant : 1\u202f000\u202f000\u00a0€ → 1\u202f048\u202f000,25\u00a0€" in day
    assert "depuis aujourd&#x27;hui" in day
    assert "avenant 1, notifié le 10/09/2026 · et 1\u00a0autre changement" in day
    assert f"/marches/{made.uid}/#publications" in day


def test_several_other_changes_are_counted(people: Cast) -> None:
    publish(people, record())
    publish(people, record(modifications=[avenant(1, dureeMois=24)], actesSousTraitance=[act(1)]))
    assert "et 2\u00a0autres changements" in page(people)


def test_nothing_published_says_nothing(people: Cast) -> None:
    publish(people, record())
    assert "Marchés changés par une publication" not in page(people)


def test_the_contract_says_each_change_and_what_to_do(people: Cast) -> None:
    changed(people, "N1")
    with as_owner():
        made = Contract.objects.get()
    shown = page(people, f"marches/{made.uid}/")
    assert 'id="publications"' in shown
    assert "ajoutez une version de l&#x27;engagement" in shown
    assert "Contactez le sous-traitant" in shown
    assert "Actes de sous-traitance" in shown
    assert "1, modifié" in shown
    for who in ("buyer", "firm"):
        theirs = page(people, f"marches/{made.uid}/", who)
        assert 'id="publications"' not in theirs
        assert "Actes de sous-traitance" in theirs


def test_dealt_with_it_leaves_the_pages(people: Cast) -> None:
    changed(people, "N1")
    uid = first(people)
    answer = browser(people.pilot).post(address(people.pilot, f"changements/{uid}/"), {"note": "Version 2 ajoutée"})
    with as_owner():
        made = Contract.objects.get()
        assert OfficialChange.objects.get(uid=uid).dealt_note == "Version 2 ajoutée"
    assert (answer.status_code, answer["Location"]) == (302, f"/o/{people.pilot.slug}/marches/{made.uid}/")
    shown = page(people, f"marches/{made.uid}/")
    assert "Montant : 1\u202f000" not in shown.split("Fil")[0]
    assert "Changement publié, traité" in shown
    again = browser(people.pilot).post(address(people.pilot, f"changements/{uid}/"), {})
    assert again.status_code in (400, 409)
    assert "déjà traité" in text(again)


def test_a_note_too_long_is_said(people: Cast) -> None:
    changed(people, "N1")
    uid = first(people)
    answer = browser(people.pilot).post(address(people.pilot, f"changements/{uid}/"), {"note": "x" * 301})
    assert answer.status_code == 400
    assert "caractères au plus" in text(answer)
    with as_owner():
        assert OfficialChange.objects.filter(dealt_on=None).count() == 2


def test_those_of_others_do_not_exist(people: Cast) -> None:
    changed(people, "N1")
    uid = first(people)
    assert browser(people.stranger).post(address(people.stranger, f"changements/{uid}/"), {}).status_code == 404
    assert browser(people.firm).post(address(people.firm, f"changements/{uid}/"), {}).status_code == 403
    assert browser(people.pilot).get(address(people.pilot, f"changements/{uid}/")).status_code == 405


def test_the_list_and_its_part(people: Cast) -> None:
    changed(people, "N1", "N2")
    whole = page(people, "imports/changements/")
    assert "2\u00a0marchés" in whole
    part = text(browser(people.pilot).get(address(people.pilot, "changements/"), headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert re.sub(r"\s+", "", part) in re.sub(r"\s+", "", whole)
    assert "Aucun changement à traiter" in page(people, "imports/changements/", "stranger")


def test_the_list_keeps_its_number_of_queries(people: Cast) -> None:
    counts = []
    for numbers in (("N1",), ("N2", "N3", "N4")):
        changed(people, *numbers)
        with CaptureQueriesContext(connection) as captured:
            browser(people.pilot).get(address(people.pilot, "changements/"))
        counts.append(len([q for q in captured if "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1]
