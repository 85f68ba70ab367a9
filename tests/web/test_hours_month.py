"""The firm's own page for one month."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import CollectiveHours, Statement
from clausette.hours.operations import (
    correct_collective,
    return_statement,
    submit_statement,
    validate_statement,
)
from clausette.kernel.months import add_months
from tests.files.builders import TEXT, nir_with_key, xlsx
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, World, worker, world
from tests.hours.test_operations_collective import attest
from tests.web.test_hours_grid import as_, name, sent, written
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def url(w: World, who: Any = None, month: str = "2026-10") -> str:
    return f"/o/{(who or w.firm).slug}/marches/{w.contract.uid}/mois/{month}/"


def states() -> list[tuple[str, bool, bool]]:
    with as_owner_rows() as rows:
        return [(row.state, row.is_nil, row.evidence_id is not None) for row in rows]


def as_owner_rows() -> Any:
    from contextlib import contextmanager

    from tests.hats import as_owner

    @contextmanager
    def rows() -> Any:
        with as_owner():
            yield list(Statement.objects.order_by("id"))

    return rows()


def test_same_people_with_empty_hours_and_what_remains(client: Client, w: World) -> None:
    html = as_(client, w.firm).get(url(w)).content.decode()
    assert html.index("Diallo Salif") < html.index("Lemaire David")
    assert "Intérim Plus" in html
    assert "Pièces attendues. Chaque mois\u00a0: " in html
    assert "833\u00a0h</strong>" in html
    assert f'name="{name(w, w.lemaire)}" id="id_{name(w, w.lemaire)}" value=""' in html


def test_more_than_what_is_due_is_said_as_it_is(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        for month in (add_months(OCT, back) for back in (-3, -2, -1, 0)):
            ref = w.save(pilot, month, w.entry(w.lemaire, "150"), w.entry(w.diallo, "100"))
            submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(TODAY), on=TODAY)
    html = as_(client, w.firm).get(url(w)).content.decode()
    assert '1\u202f000\u00a0h</strong> <span class="c-figure__label">déclarées ou validées sur 833\u00a0h' in html


def test_sent_with_its_piece_then_locked(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    piece = SimpleUploadedFile("octobre.txt", TEXT, content_type="text/plain")
    form = sent(page, **{name(w, w.lemaire): "121,5", name(w, w.diallo): "7h30"}, acte="envoyer")
    assert client.post(url(w), {**form, "evidence": piece}).status_code == 302
    assert written() == [("10", "7.50"), ("10", "121.50")]
    assert states() == [("submitted", False, True)]
    html = client.get(url(w)).content.decode()
    assert "Il attend la validation du facilitateur." in html
    assert "Envoyer le relevé" not in html


def test_hours_are_never_lost_for_a_piece_that_may_not_be_kept(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    piece = SimpleUploadedFile("paie.xlsx", xlsx(nir_with_key()))
    form = sent(page, **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    refused = client.post(url(w), {**form, "evidence": piece})
    html = refused.content.decode()
    assert (refused.status_code, states()) == (400, [])
    assert "n&#x27;a pas pu être masquée" in html
    assert 'value="121,5"' in html
    assert "Envoyer sans la pièce" in html
    assert client.post(url(w), {**form, "acte": "sans-piece"}).status_code == 302
    assert (states(), written()) == ([("submitted", False, False)], [("10", "121.50")])
    with as_owner_rows() as rows:
        assert (rows[0].piece_left, rows[0].piece_left_on) == ("withheld", TODAY)


def test_no_hour_in_one_click(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    assert client.post(url(w), sent(page, acte="aucune")).status_code == 302
    assert states() == [("submitted", True, False)]
    assert client.post(url(w), sent(page, acte="aucune")).status_code in (302, 403)
    assert states() == [("submitted", True, False)]


def test_certified_online_and_proposed_again_the_month_after(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    form = sent(page, **{name(w, w.lemaire): "100"}, acte="envoyer", certify="on", certified_name="Inès Ferrand")
    half = client.post(url(w), {**form, "certified_as": ""})
    assert (half.status_code, written()) == (400, [])
    assert "Dites en quelle qualité" in half.content.decode()
    assert client.post(url(w), {**form, "certified_as": "gérante"}).status_code == 302
    with as_owner_rows() as rows:
        told = rows[0]
    sheet = as_(Client(), w.pilot).get(f"/o/{w.pilot.slug}/heures/{told.uid}/").content.decode()
    assert "certifiées le 16\u00a0novembre 2026 par Inès Ferrand, gérante" in sheet
    assert 'value="gérante"' in client.get(url(w, month="2026-09")).content.decode()


def test_no_hour_is_undone_from_its_page(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    client.post(url(w), sent(page, acte="aucune"))
    with as_owner_rows() as rows:
        undo = f"/o/{w.firm.slug}/heures/{rows[0].uid}/reprendre/"
    assert undo in client.get(url(w)).content.decode()
    assert client.post(undo, {"version": rows[0].version}).headers["Location"] == url(w)
    assert states() == [("draft", False, False)]


def test_refusal_beside_its_line_and_the_rest_is_kept(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    answer = client.post(
        url(w), sent(page, **{name(w, w.lemaire): "12 jours", name(w, w.diallo): "100"}, acte="envoyer")
    )
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "n&#x27;est pas un nombre d&#x27;heures" in html
    assert 'value="12 jours"' in html
    assert 'value="100"' in html
    assert written() == []


def test_nothing_typed_is_not_zero(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    answer = client.post(url(w), sent(page, acte="envoyer"))
    assert answer.status_code == 400
    assert "Indiquez les heures, ou choisissez « Aucune heure ce mois-ci »." in answer.content.decode()
    assert states() == []


def test_returned_says_why_and_can_be_sent_again(client: Client, w: World) -> None:
    page = as_(client, w.firm).get(url(w)).content.decode()
    client.post(url(w), sent(page, **{name(w, w.lemaire): "100"}, acte="envoyer"))
    with as_owner_rows() as rows:
        uid = rows[0].uid
    with acting(w.pilot) as pilot:
        return_statement(actor=pilot, uid=uid, version=None, reason="Il manque la signature.", at=noon(TODAY))
    html = client.get(url(w)).content.decode()
    assert "Ce relevé vous est renvoyé : Il manque la signature." in html
    assert client.post(url(w), sent(html, acte="envoyer")).status_code == 302
    assert states()[0][0] == "submitted"


def test_month_not_begun_has_no_form(client: Client, w: World) -> None:
    html = as_(client, w.firm).get(url(w, month="2026-12")).content.decode()
    assert "Ce mois n'est pas commencé" in html
    assert "Envoyer le relevé" not in html


def test_a_piece_that_holds_until_a_day_is_said_to_hold_no_more(client: Client, w: World) -> None:
    as_(client, w.firm)
    form = sent(client.get(url(w)).content.decode(), **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    alone = client.post(url(w), {**form, "valid_until": "30/09/2026"})
    assert (alone.status_code, "Joignez la pièce qui porte cette date." in alone.content.decode()) == (400, True)
    piece = SimpleUploadedFile("convention.csv", TEXT)
    assert client.post(url(w), {**form, "valid_until": "30/09/2026", "evidence": piece}).status_code == 302
    html = client.get(url(w, month="2026-11")).content.decode()
    assert "La pièce jointe à un relevé précédent n'est plus valable depuis le" in html
    with as_owner_rows() as rows:
        uid = rows[0].uid
    page = client.get(f"/o/{w.firm.slug}/heures/{uid}/").content.decode()
    assert "Cette pièce n&#x27;est plus valable depuis le" in page


def test_the_approval_goes_with_the_sheet_each_under_its_kind(client: Client, w: World) -> None:
    as_(client, w.firm)
    page = client.get(url(w)).content.decode()
    form = sent(page, **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    sheet, approval = SimpleUploadedFile("octobre.txt", TEXT), SimpleUploadedFile("agrement.txt", b"Agr\xc3\xa9ment\n")
    bare = client.post(url(w), {**form, "evidence_2": approval}).content.decode()
    assert "Dites ce qu&#x27;est cette pièce." in bare
    assert "<details class=\"c-more\" open><summary>Joindre aussi une autre pièce" in bare
    approval.seek(0)
    both = {**form, "evidence": sheet, "evidence_2": approval, "kind_2": "approval", "valid_until_2": "30/09/2026"}
    assert client.post(url(w), both).status_code == 302
    assert states() == [("submitted", False, True)]
    with as_owner_rows() as rows:
        uid = rows[0].uid
    told = client.get(f"/o/{w.firm.slug}/heures/{uid}/").content.decode()
    assert "Cette pièce n&#x27;est plus valable depuis le" in told
    assert told.index("octobre.txt") < told.index("Convention ou agrément") < told.index("agrement.txt")
    assert "name=\"acte\" value=\"retirer" not in told, "handed over: no more the firm's to change"
    html = client.get(url(w, month="2026-11")).content.decode()
    assert "relevé précédent (convention ou agrément) n'est plus valable" in html


@pytest.mark.parametrize("month", ["2026-13", "octobre", "1999-01"])
def test_no_such_month(client: Client, w: World, month: str) -> None:
    assert as_(client, w.firm).get(url(w, month=month)).status_code == 404


def test_others(client: Client, w: World) -> None:
    assert as_(client, w.stranger).get(url(w, w.stranger)).status_code == 403
    other = Client()
    assert as_(other, w.etti).get(url(w, w.etti)).status_code == 200
    assert "Lemaire" not in as_(other, w.etti).get(url(w, w.etti)).content.decode()
    assert client.put(url(w, w.stranger)).status_code == 405


def test_queries_do_not_grow_with_people(client: Client, w: World) -> None:
    as_(client, w.firm).get(url(w))  # what is read once by process is read
    counts = []
    for n in range(2):
        for rank in range(n * 3):
            worker(w.pilot, w.commitment, f"Personne{rank}", "Autre", host=w.firm)
        with CaptureQueriesContext(connection) as captured:
            client.get(url(w))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25


def test_the_other_declarant_is_said(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.diallo, "90"), declarant=w.uids["etti"])
    assert date(2026, 10, 1) == OCT
    html = as_(client, w.pilot).get(f"/o/{w.pilot.slug}/marches/{w.contract.uid}/grille/").content.decode()
    assert "déclaré par Intérim Plus" in html


def shown_total(html: str) -> str:
    """What the last line of the grid says."""
    return re.sub(r"<[^>]*>", "", re.search(r"<tfoot>.*?</tfoot>", html, re.DOTALL)[0])  # type: ignore[index]  # one grid


def test_hours_without_names_count_in_the_total_of_the_month(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = attest(pilot, w)
        submit_statement(actor=pilot, uid=uid, version=None, at=noon(TODAY), on=TODAY)
    as_(client, w.firm)
    html = client.get(url(w)).content.decode()
    assert shown_total(html) == "Total240\u00a0h"
    assert "Heures non nominatives" in html
    assert "3\u00a0personnes" in html
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=uid, version=None, at=noon(TODAY), on=TODAY)
        line = CollectiveHours.objects.get()
        correct_collective(
            actor=pilot, uid=line.uid, new_hours=Decimal(200), reason="Doublon.", at=noon(TODAY), on=TODAY
        )
    assert shown_total(client.get(url(w)).content.decode()) == "Total200\u00a0h", "what it is worth once corrected"


def test_what_is_typed_adds_to_the_hours_without_names(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        attest(pilot, w)
    page = as_(client, w.firm).get(url(w)).content.decode()
    assert client.post(url(w), sent(page, **{name(w, w.lemaire): "10"})).status_code == 302
    assert shown_total(client.get(url(w)).content.decode()) == "Total250\u00a0h"
