"""One statement: what the controls say, validation, return, correction, download."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from clausette.hours.models import HoursLine, Justification, Statement
from clausette.hours.operations import submit_statement
from tests.files.builders import TEXT, nir_with_key
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, worker, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def handed(w: World, *, lemaire: str = "121.5", diallo: str = "100") -> UUID:
    """October, handed over by the pilot for the firm."""
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, lemaire), w.entry(w.diallo, diallo))
        return submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(TODAY), on=TODAY).uid


def url(w: World, uid: UUID, act: str = "", who: Any = None) -> str:
    return f"/o/{(who or w.pilot).slug}/heures/{uid}/{act}"


def version(uid: UUID) -> str:
    with as_owner():
        return str(Statement.objects.get(uid=uid).version)


def test_sentence_first_then_code(client: Client, w: World) -> None:
    uid = handed(w, lemaire="232")
    html = as_(client, w.pilot).get(url(w, uid)).content.decode()
    assert (
        "232\u00a0h en octobre 2026 pour cette personne, tous relevés confondus : 220\u00a0h au plus." in html
    )
    assert "<small>E001</small>" in html
    assert "Ne pas retenir ces heures : motif" in html


def test_warning_needs_a_justification(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    answer = client.post(url(w, uid, "valider/"), {"version": version(uid), "motif-W104": ""})
    assert answer.status_code == 400
    assert "Dites pourquoi vous acceptez ce point." in answer.content.decode()
    answer = client.post(
        url(w, uid, "valider/"), {"version": version(uid), "motif-W104": "Feuilles vues au bureau."}
    )
    assert answer.status_code == 302
    with as_owner():
        assert list(Justification.objects.values_list("code", "text")) == [
            ("W104", "Feuilles vues au bureau.")
        ]
        assert set(HoursLine.objects.values_list("state", flat=True)) == {"validated"}
    html = client.get(url(w, uid)).content.decode()
    assert "Feuilles vues au bureau." in html
    assert "Corriger" in html


def test_double_click_says_it_is_done(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    form = {"version": version(uid), "motif-W104": "Feuilles vues."}
    assert [client.post(url(w, uid, "valider/"), form).status_code for _ in range(2)] == [302, 302]
    assert "Ce relevé était déjà validé." in client.get(url(w, uid)).content.decode()
    with as_owner():
        assert Justification.objects.count() == 1


def test_stale_page_is_a_conflict(client: Client, w: World) -> None:
    uid = handed(w)
    old = version(uid)
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "130"), version=int(old))
    answer = as_(client, w.pilot).post(url(w, uid, "valider/"), {"version": old, "motif-W104": "Vues."})
    assert answer.status_code == 409
    assert 'value="Vues."' in answer.content.decode()


def test_error_stops_unless_the_line_is_not_retained(client: Client, w: World) -> None:
    uid = handed(w, lemaire="232")
    as_(client, w.pilot)
    form = {"version": version(uid), "motif-W104": "Vues.", "motif-W101": "Heures supplémentaires."}
    assert client.post(url(w, uid, "valider/"), form).status_code == 400
    with as_owner():
        line = HoursLine.objects.get(placement=w.lemaire)
    answer = client.post(
        url(w, uid, "valider/"), {**form, f"refus-{line.uid}": "Feuille d'heures incohérente."}
    )
    assert answer.status_code == 302
    with as_owner():
        assert dict(HoursLine.objects.values_list("hours", "state")) == {
            Decimal("232.00"): "refused", Decimal("100.00"): "validated",
        }  # fmt: skip


def test_returned_with_a_reason(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    assert client.post(url(w, uid, "renvoyer/"), {"version": version(uid), "reason": ""}).status_code == 400
    nir = {"version": version(uid), "reason": "Dossier de 2 55 08 14 168 025 38 à revoir"}
    assert client.post(url(w, uid, "renvoyer/"), nir).status_code == 400
    good = {"version": version(uid), "reason": "Il manque la signature du chef de chantier."}
    assert client.post(url(w, uid, "renvoyer/"), good).status_code == 302
    with as_owner():
        assert Statement.objects.get().state == "returned"
        assert set(HoursLine.objects.values_list("state", flat=True)) == {"draft"}


def test_corrected_by_a_new_line(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    client.post(url(w, uid, "valider/"), {"version": version(uid), "motif-W104": "Vues."})
    with as_owner():
        line = HoursLine.objects.get(placement=w.lemaire)
    address = f"/o/{w.pilot.slug}/lignes/{line.uid}/corriger/"
    assert 'value="121,5"' in client.get(address).content.decode()
    assert client.post(address, {"hours": "121,5", "reason": "Erreur de frappe"}).status_code == 400
    assert client.post(address, {"hours": "112,5", "reason": "Erreur de frappe"}).status_code == 302
    html = client.get(url(w, uid)).content.decode()
    assert "vaut 112,5\u00a0h" in html
    assert "correction : Erreur de frappe" in html


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("buyer", 403), ("firm", 200)])
def test_others(client: Client, w: World, who: str, status: int) -> None:
    uid = handed(w)
    actor = getattr(w, who)
    as_(client, actor)
    assert client.get(url(w, uid, who=actor)).status_code == status
    assert client.post(url(w, uid, "valider/", who=actor), {"version": "3"}).status_code == (
        404 if status == 404 else 403
    )


def test_its_declarant_takes_it_back_from_its_page_until_control(client: Client, w: World) -> None:
    uid, gesture = handed(w), "Reprendre le relevé pour le modifier"
    theirs = as_(client, w.firm).get(url(w, uid, who=w.firm)).content.decode()
    assert (gesture in theirs, "Valider le relevé" in theirs) == (True, False)
    assert gesture not in as_(Client(), w.pilot).get(url(w, uid)).content.decode()
    undo = url(w, uid, "reprendre/", who=w.firm)
    assert undo in theirs
    assert client.post(undo, {"version": version(uid)}).status_code == 302
    with as_owner():
        assert Statement.objects.get(uid=uid).state == "draft"
    assert gesture not in client.get(url(w, uid, who=w.firm)).content.decode()


def test_unknown_and_wrong_method(client: Client, w: World) -> None:
    as_(client, w.pilot)
    assert client.get(url(w, uuid4())).status_code == 404
    assert client.post(url(w, uuid4())).status_code == 405
    assert client.get(url(w, uuid4(), "valider/")).status_code == 405


def test_queries_do_not_grow_with_lines(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot).get(url(w, uid))  # what a process reads once is read
    counts = []
    for n in range(2):
        if n:
            extra = [worker(w.pilot, w.commitment, f"Personne{i}", "Autre", host=w.firm) for i in range(3)]
            with acting(w.pilot) as pilot:
                w.save(pilot, OCT, *[w.entry(p, "80") for p in extra], version=int(version(uid)))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(w, uid))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 40


def test_a_person_forgotten(client: Client, w: World) -> None:
    uid = handed(w)
    late = worker(w.pilot, w.commitment, "Lina", "Roy", host=w.firm)
    as_(client, w.pilot)
    client.post(url(w, uid, "valider/"), {"version": version(uid), "motif-W104": "Vues."})
    html = client.get(url(w, uid, "ajouter/")).content.decode()
    assert "Roy Lina, maçon" in html
    assert "Lemaire" not in html
    form = {"person": f"{late.uid}.{w.commitment.uid}", "hours": "70", "reason": ""}
    assert client.post(url(w, uid, "ajouter/"), form).status_code == 400
    assert client.post(url(w, uid, "ajouter/"), form | {"person": "personne"}).status_code == 400
    assert client.post(url(w, uid, "ajouter/"), form | {"reason": "Feuille arrivée après"}).status_code == 302
    assert "Chaque personne à l" in client.get(url(w, uid, "ajouter/")).content.decode()


def test_a_piece_is_joined_until_validation(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    lie = SimpleUploadedFile("feuille.pdf", b"MZ", content_type="application/pdf")
    assert client.post(url(w, uid, "piece/"), {"evidence": lie}).status_code == 400
    assert client.post(url(w, uid, "piece/"), {}).status_code == 400
    assert client.post(url(w, uid, "piece/"), {"acte": "sans-piece"}).status_code == 302
    html = client.get(url(w, uid)).content.decode()
    assert "Pièce vue, non conservée, le " in html
    assert "W104" not in html
    piece = SimpleUploadedFile("feuille.csv", TEXT + nir_with_key().encode())
    assert client.post(url(w, uid, "piece/"), {"evidence": piece}).status_code == 302
    html = client.get(url(w, uid)).content.decode()
    assert "Masqué dans la pièce : 1\u00a0numéro de sécurité sociale." in html
    assert "Masqué : 1\u00a0numéro de sécurité sociale." in html
    assert "feuille.csv" in html
    assert "Pièce vue, non conservée" not in html
    assert "W104" not in html
    client.post(url(w, uid, "valider/"), {"version": version(uid)})
    piece.seek(0)
    assert client.post(url(w, uid, "piece/"), {"evidence": piece}).status_code == 400


def test_a_contract_joined_beside_the_sheet_is_listed_printed_and_taken_off(client: Client, w: World) -> None:
    uid = handed(w)
    as_(client, w.pilot)
    page = url(w, uid)
    assert '<option value="hours" selected>' in client.get(page).content.decode()
    sheet, paper = SimpleUploadedFile("octobre.txt", TEXT), SimpleUploadedFile("contrat.txt", b"Contrat de mission\n")
    assert client.post(f"{page}piece/", {"evidence": sheet}).status_code == 302
    odd = client.post(f"{page}piece/", {"evidence": paper, "kind": "sealed"})
    assert (odd.status_code, "Choisissez une nature dans la liste." in odd.content.decode()) == (400, True)
    paper.seek(0)
    assert client.post(f"{page}piece/", {"evidence": paper, "kind": "contract"}).status_code == 302
    html = client.get(page).content.decode()
    assert html.index("octobre.txt") < html.index("contrat.txt")
    sheet.seek(0)
    same = client.post(f"{page}piece/", {"evidence": sheet, "kind": "approval"})
    assert (same.status_code, "déjà joint à ce relevé" in same.content.decode()) == (400, True)
    printed = PdfReader(BytesIO(client.get(f"{page}releve.pdf").content))
    assert "contrat.txt" in " ".join(one.extract_text() for one in printed.pages)
    act = re.search(r'name="acte" value="(retirer [0-9a-f-]{36})"', html)
    assert act
    assert client.post(f"{page}piece/", {"acte": act[1]}).status_code == 302
    html = client.get(page).content.decode()
    assert ("contrat.txt" in html, "octobre.txt" in html) == (False, True)
    assert client.post(f"{page}piece/", {"acte": act[1]}).status_code == 404
