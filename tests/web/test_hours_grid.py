"""The grid people × months of one contract."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.rules.entries import cell_name
from tests.hats import TODAY, acting, as_owner, noon, sign_in
from tests.hours.builders import OCT, SEPT, World, worker, world
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]
CELLS = re.compile(r'name="([hf]-[0-9a-f]{32}[^"]+)" id="[^"]+" value="([^"]*)"')
INPUTS = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def as_(client: Client, who: Any) -> Client:
    with as_owner():
        sign_in(client, who.account_id)
    return client


def url(w: World, who: Any = None) -> str:
    return f"/o/{(who or w.pilot).slug}/marches/{w.contract.uid}/grille/"


def name(w: World, placed: Any, month: date = OCT) -> str:
    return cell_name(placed.uid, w.commitment.uid, month)


def sent(page: str, **cells: str) -> dict[str, str]:
    """The form of a page with what a person typed in it."""
    hidden = {key: value.replace("&quot;", '"') for key, value in INPUTS.findall(page)}
    shown = dict(CELLS.findall(page))
    return {"acte": "enregistrer", **hidden, **shown, **cells}


def written() -> list[tuple[str, str]]:
    with as_owner():
        rows = HoursLine.objects.order_by("placement__participant__last_name", "month")
        return [(f"{row.month:%m}", f"{row.hours}") for row in rows]


def test_typed_in_french_and_written(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    answer = client.post(url(w), sent(page, **{name(w, w.lemaire): "121,5", name(w, w.diallo): "100h30"}))
    assert answer.status_code == 302
    assert written() == [("10", "100.50"), ("10", "121.50")]
    again = client.get(url(w)).content.decode()
    assert 'value="121,5"' in again
    assert "1\u00a0relevé enregistré." in again


def test_typing_begins_in_the_first_month_not_known_yet(client: Client, w: World) -> None:
    focused = re.compile(r'name="([^"]+)"[^>]* autofocus')
    page = as_(client, w.pilot).get(url(w)).content.decode()
    (first,) = focused.findall(page)
    refused = client.post(url(w), sent(page, **{first: "beaucoup"})).content.decode()
    assert focused.findall(refused) == []  # the summary of errors takes it
    cells = CELLS.findall(page)
    column = first[-6:]
    client.post(url(w), sent(page, **{name: "10" for name, _ in cells if name.endswith(column)}))
    (later,) = focused.findall(client.get(url(w)).content.decode())
    assert later[-6:] > column


def test_all_or_nothing_and_each_refusal_at_its_cell(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    typed = {name(w, w.lemaire): "beaucoup", name(w, w.diallo): "-4", name(w, w.diallo, SEPT): "120"}
    answer = client.post(url(w), sent(page, **typed))
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "« beaucoup » n&#x27;est pas un nombre d&#x27;heures" in html
    assert "Un nombre d&#x27;heures ne peut pas être négatif." in html
    assert 'value="beaucoup"' in html
    assert 'value="120"' in html
    assert written() == []


def test_more_than_a_month_holds(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    answer = client.post(url(w), sent(page, **{name(w, w.lemaire): "745", name(w, w.diallo): "100"}))
    assert answer.status_code == 400
    assert "Un mois compte au plus 744 heures" in answer.content.decode()
    assert written() == []


def test_a_month_to_come_has_no_cell_and_is_refused(client: Client, w: World) -> None:
    december = date(2026, 12, 1)
    page = as_(client, w.pilot).get(url(w) + "?jusqu-a=2026-12").content.decode()
    assert name(w, w.lemaire, december) not in page
    client.post(url(w) + "?jusqu-a=2026-12", sent(page, **{name(w, w.lemaire, december): "10"}))
    assert written() == []


def test_two_people_on_the_same_statement(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    first = sent(page, **{name(w, w.lemaire): "100"})
    second = sent(page, **{name(w, w.lemaire): "120"})
    assert client.post(url(w), first).status_code == 302
    answer = client.post(url(w), second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="120"' in html
    assert "Enregistré entre-temps : 100 h." in html
    assert written() == [("10", "100.00")]
    assert client.post(url(w), sent(html, **{name(w, w.lemaire): "120"})).status_code == 302
    assert written() == [("10", "120.00")]


def test_sent_twice_is_written_once(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    form = sent(page, **{name(w, w.lemaire): "100"}, acte="transmettre")
    assert [client.post(url(w), form).status_code for _ in range(2)] == [302, 302]
    assert written() == [("10", "100.00")]


def test_no_hour_this_month(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    box = f"nil-{w.uids['firm'].hex}-202609"
    client.post(url(w), sent(page, **{box: "on"}, acte="transmettre"))
    with as_owner():
        assert list(Statement.objects.values_list("month", "state", "is_nil")) == [(SEPT, "submitted", True)]


def test_emptied_cell_takes_its_line_away(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    client.post(url(w), sent(page, **{name(w, w.lemaire): "100"}))
    page = client.get(url(w)).content.decode()
    client.post(url(w), sent(page, **{name(w, w.lemaire): ""}))
    assert written() == []


def test_a_piece_that_lies_is_refused_and_nothing_is_written(client: Client, w: World) -> None:
    page = as_(client, w.pilot).get(url(w)).content.decode()
    piece = SimpleUploadedFile("feuille.pdf", b"MZ not a pdf", content_type="application/pdf")
    answer = client.post(url(w), {**sent(page, **{name(w, w.lemaire): "100"}), "evidence": piece})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode() or "c-error" in answer.content.decode()
    assert written() == []


def test_a_validated_month_is_locked(client: Client, w: World) -> None:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "100"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(TODAY), on=TODAY)
        validate_statement(actor=pilot, uid=ref.uid, version=None, justifications={"W104": "vues"}, at=noon(TODAY),
                           on=TODAY)  # fmt: skip
    page = as_(client, w.pilot).get(url(w)).content.decode()
    assert f'name="{name(w, w.lemaire)}"' not in page
    assert "validé le 16\u00a0novembre 2026" in page


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("buyer", 403), ("firm", 403)])
def test_others(client: Client, w: World, who: str, status: int) -> None:
    actor = getattr(w, who)
    assert as_(client, actor).get(url(w, actor)).status_code == status


def test_unknown_contract_and_wrong_method(client: Client, w: World) -> None:
    as_(client, w.pilot)
    assert client.get(f"/o/{w.pilot.slug}/marches/{uuid4()}/grille/").status_code == 404
    assert client.put(url(w)).status_code == 405


def test_queries_do_not_grow_with_people(client: Client, w: World) -> None:
    as_(client, w.pilot)
    counts = []
    for n in range(2):
        for rank in range(n * 3):
            worker(w.pilot, w.commitment, f"Personne{rank}", "Autre", host=w.firm)
        with CaptureQueriesContext(connection) as captured:
            client.get(url(w))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_hours_of_training_have_their_own_line(client: Client, w: World) -> None:
    assert "formation" not in name(w, w.lemaire)
    page = as_(client, w.pilot).get(url(w) + "?formation=1").content.decode()
    cell = cell_name(w.lemaire.uid, w.commitment.uid, OCT, "training")
    typed = {cell: "14", name(w, w.lemaire): "100"}
    assert client.post(url(w) + "?formation=1", sent(page, **typed)).status_code == 302
    assert sorted(written()) == [("10", "100.00"), ("10", "14.00")]
    assert f'name="{cell}"' in client.get(url(w)).content.decode()
