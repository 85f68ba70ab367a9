"""The page of an import: records by fate, decisions, application, giving up."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.imports.enums import BatchState, RowChoice
from clausette.imports.models import ImportBatch, ImportRow
from clausette.procurement.models import Contract
from clausette.procurement.operations import change_contract
from tests.hats import acting, as_owner
from tests.imports.decp_builders import record, siret
from tests.procurement.builders import Cast, contract
from tests.web.imports_helpers import address, browser, scene, sent, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def show(people: Cast, uid: UUID, query: str = "") -> str:
    answer = browser(people.pilot).get(address(people.pilot, f"{uid}/{query}"))
    assert answer.status_code == 200
    return text(answer)


def post(people: Cast, path: str, **values: object) -> Any:
    return browser(people.pilot).post(address(people.pilot, path), values)


def look_alike(people: Cast) -> UUID:
    uid = contract(people)
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=uid, amount_ht=Decimal(1_000_000))
    return uid


def choice_of(uid: UUID, position: int = 1) -> str:
    with as_owner():
        return ImportRow.objects.get(batch__uid=uid, position=position).choice


def state_of(uid: UUID) -> str:
    with as_owner():
        return ImportBatch.objects.get(uid=uid).state


def test_each_record_is_under_its_tab(people: Cast) -> None:
    contract(people, number="2026-01")
    uid = sent(people.pilot, record(), record("2026-02"), record("2026-03", objet=None), name="avril.json")
    page = show(people, uid)
    assert "avril.json" in page
    tabs = dict(re.findall(r"voir=([a-z-]+)\"[^>]*>[^<]*(?:<span[^>]*>)?\s*(\d+)", page))
    assert (tabs["nouveaux"], tabs["modifies"], tabs["a-corriger"]) == ("1", "1", "1")
    assert 'id="ligne-2"' in show(people, uid, "?voir=nouveaux")
    assert 'id="ligne-1"' not in show(people, uid, "?voir=nouveaux")
    assert 'id="ligne-1"' in show(people, uid, "?voir=inconnu")


def test_a_record_that_breaks_the_format_shows_field_value_and_sentence(people: Cast) -> None:
    uid = sent(people.pilot, record(dateNotification="2026-02-30"))
    page = show(people, uid, "?voir=a-corriger")
    assert "<code>dateNotification</code> « 2026-02-30 »" in page
    assert "Cet enregistrement ne peut pas être repris." in page


def test_the_part_for_htmx_is_the_one_of_the_page(people: Cast) -> None:
    uid = sent(people.pilot, record())
    part = browser(people.pilot).get(address(people.pilot, f"{uid}/"), headers={"HX-Request": "true"})
    assert text(part).startswith('<div id="resultats">')
    assert 'id="ligne-1"' in text(part)


def test_a_question_is_answered_and_kept(people: Cast) -> None:
    held = look_alike(people)
    uid = sent(people.pilot, record())
    assert "C&#x27;est « Gymnase des Acacias »" in show(people, uid)
    answer = post(people, f"{uid}/lignes/1/", choice=f"attach:{held}", voir="a-rapprocher", page="1")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"{uid}/?voir=a-rapprocher&page=1#ligne-1")
    assert choice_of(uid) == RowChoice.ATTACH
    page = show(people, uid)
    assert f'value="attach:{held}" id="choix-1-1" checked' in page
    assert "Date de notification" in page


def test_a_decision_missing_is_told_on_its_record(people: Cast) -> None:
    contract(people, number="X")
    uid = sent(people.pilot, record("Z", acheteur={"id": "73282932000074"}))
    for values, sentence in (
        ({"choice": "attach"}, "Choisissez le marché à rapprocher."),
        ({}, "Choisissez ce que"),
    ):
        answer = browser(people.pilot).post(address(people.pilot, f"{uid}/lignes/1/"), values)
        assert (answer.status_code, sentence in text(answer)) == (400, True)
    assert choice_of(uid) == RowChoice.CREATE


def test_a_record_not_recognised_may_be_tied_by_hand(people: Cast) -> None:
    held = contract(people, number="X")
    uid = sent(people.pilot, record("Z"))
    assert f'<option value="{held}">Gymnase des Acacias (n° X)</option>' in show(people, uid)
    post(people, f"{uid}/lignes/1/", choice="attach", attach_to=str(held))
    assert choice_of(uid) == RowChoice.ATTACH
    assert f'<option value="{held}" selected>' in show(people, uid)


def test_all_of_a_tab_at_once(people: Cast) -> None:
    uid = sent(people.pilot, record("A"), record("B"))
    post(people, f"{uid}/lignes/", choice="skip", voir="nouveaux")
    assert [choice_of(uid, position) for position in (1, 2)] == [RowChoice.SKIP, RowChoice.SKIP]
    bad = browser(people.pilot).post(
        address(people.pilot, f"{uid}/lignes/"), {"choice": "accept", "voir": "nouveaux"}
    )
    assert bad.status_code == 400


def test_applying_asks_then_writes_and_shows_the_contracts(people: Cast) -> None:
    uid = sent(people.pilot, record(), record("2026-02"))
    asked = text(browser(people.pilot).get(address(people.pilot, f"{uid}/appliquer/")))
    assert "2\u00a0marchés seront créés." in asked
    with as_owner():
        assert not Contract.objects.exists()
    answer = browser(people.pilot).post(address(people.pilot, f"{uid}/appliquer/"), follow=True)
    page = text(answer)
    assert "2\u00a0marchés créés." in page
    with as_owner():
        made = set(Contract.objects.values_list("uid", flat=True))
    assert all(f"/o/{people.pilot.slug}/marches/{one}/" in page for one in made)
    assert state_of(uid) == BatchState.APPLIED
    again = browser(people.pilot).post(address(people.pilot, f"{uid}/appliquer/"))
    assert (again.status_code, len(made)) == (403, 2)


def test_a_question_left_blocks_only_itself(people: Cast) -> None:
    look_alike(people)
    uid = sent(people.pilot, record())
    assert "Décidez d&#x27;abord des marchés à rapprocher." in show(people, uid)
    assert browser(people.pilot).get(address(people.pilot, f"{uid}/appliquer/")).status_code == 403
    other = sent(people.pilot, record(), record("2026-02", acheteur={"id": siret(9)}))
    asked = text(browser(people.pilot).get(address(people.pilot, f"{other}/appliquer/")))
    assert "1\u00a0marché à rapprocher attendra votre décision." in asked


def test_what_changed_meanwhile_is_shown_before_anything_is_written(people: Cast) -> None:
    uid = sent(people.pilot, record())
    contract(people, number="2026-01")
    answer = browser(people.pilot).post(address(people.pilot, f"{uid}/appliquer/"))
    assert (answer.status_code, "des marchés ont changé" in text(answer)) == (409, True)
    assert "Compléter « Gymnase des Acacias »" in text(answer)
    with as_owner():
        assert Contract.objects.count() == 1


def test_giving_up_asks_then_writes_nothing(people: Cast) -> None:
    uid = sent(people.pilot, record())
    assert "Rien ne sera écrit" in text(
        browser(people.pilot).get(address(people.pilot, f"{uid}/abandonner/"))
    )
    assert state_of(uid) == BatchState.READ
    post(people, f"{uid}/abandonner/")
    assert state_of(uid) == BatchState.CANCELLED
    assert "Abandonné" in show(people, uid)


def test_the_file_comes_back_as_an_attachment(people: Cast) -> None:
    uid = sent(people.pilot, record(), name="marchés d'avril.json")
    answer = browser(people.pilot).get(address(people.pilot, f"{uid}/fichier/"))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''march%C3%A9s%20d%27avril.json"
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


PATHS = ("", "fichier/", "appliquer/", "abandonner/")


@pytest.mark.parametrize("path", PATHS)
def test_strangers_and_absent_are_the_same_404(people: Cast, path: str) -> None:
    uid = sent(people.pilot, record())
    for who, one in ((people.stranger, uid), (people.pilot, uuid4())):
        assert browser(who).get(address(who, f"{one}/{path}")).status_code == 404
    assert browser(people.stranger).get(address(people.pilot, f"{uid}/{path}")).status_code == 404
    assert browser(people.buyer).get(address(people.buyer, f"{uid}/{path}")).status_code == 403


@pytest.mark.parametrize("path", ["lignes/1/", "lignes/", "appliquer/", "abandonner/"])
def test_strangers_write_nothing(people: Cast, path: str) -> None:
    uid = sent(people.pilot, record())
    answer = browser(people.stranger).post(
        address(people.stranger, f"{uid}/{path}"), {"choice": "skip", "voir": "nouveaux"}
    )
    assert (answer.status_code, choice_of(uid), state_of(uid)) == (404, RowChoice.CREATE, BatchState.READ)


def test_wrong_methods_and_bad_addresses(people: Cast) -> None:
    uid = sent(people.pilot, record())
    client = browser(people.pilot)
    assert client.post(address(people.pilot, f"{uid}/")).status_code == 405
    assert client.get(address(people.pilot, f"{uid}/lignes/1/")).status_code == 405
    assert client.get(address(people.pilot, "rien/")).status_code == 404


def test_the_number_of_queries_does_not_grow(people: Cast) -> None:
    counts = []
    client = browser(people.pilot)
    for size in (1, 3):
        uid = sent(people.pilot, *(record(f"{size}-{n}") for n in range(size)))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(address(people.pilot, f"{uid}/"))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25
