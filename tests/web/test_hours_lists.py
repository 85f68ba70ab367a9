"""The list of statements, the lines behind a number, the pieces."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import Statement
from clausette.hours.operations import submit_statement
from clausette.journal.models import Reading
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, worked_elsewhere, world
from tests.web.test_hours_grid import as_, name, sent
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    made = world()
    with acting(made.pilot) as pilot:
        ref = made.save(pilot, OCT, made.entry(made.lemaire, "121.5"), made.entry(made.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        ref = made.save(pilot, SEPT, is_nil=True)
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    return made


def page(client: Client, w: World, who: str, path: str, **headers: str) -> tuple[int, str]:
    actor = getattr(w, who)
    answer = as_(client, actor).get(f"/o/{actor.slug}/{path}", headers=headers or None)
    return answer.status_code, answer.content.decode()


def test_list_and_its_one_click(client: Client, w: World) -> None:
    _, html = page(client, w, "pilot", "heures/")
    assert "Valider 1\u00a0relevé sans remarque" in html
    assert "1\u00a0à justifier" in html or "1 à justifier" in html
    with as_owner():
        uids = ",".join(str(uid) for uid in Statement.objects.values_list("uid", flat=True))
    answer = client.post(f"/o/{w.pilot.slug}/heures/valider/", {"releves": uids}, follow=True)
    told = answer.content.decode()
    assert "1\u00a0relevé validé." in told
    assert "1\u00a0relevé n&#x27;a pas été validé." in told
    with as_owner():
        assert set(Statement.objects.values_list("month", "state")) == {
            (SEPT, "validated"),
            (OCT, "submitted"),
        }


@pytest.mark.parametrize("releves", ["", "pas-un-identifiant", "57cf6fa7-0621-4df3-93ba-168216b0e709"])
def test_nothing_to_validate(client: Client, w: World, releves: str) -> None:
    answer = as_(client, w.pilot).post(f"/o/{w.pilot.slug}/heures/valider/", {"releves": releves})
    assert answer.status_code in (302, 404)


def test_filters_and_bad_ones(client: Client, w: World) -> None:
    assert "3\u00a0relevés" not in page(client, w, "pilot", "heures/?etat=submitted&mois=10/2026")[1]
    assert "1\u00a0relevé" in page(client, w, "pilot", "heures/?etat=submitted&mois=10/2026")[1]
    for bad in ("?etat=nimporte", "?mois=13/2026", "?marche=xyz", "?page=zéro", "?tri=rien"):
        assert page(client, w, "pilot", f"heures/{bad}")[0] == 200


def test_a_firm_is_told_what_to_declare(client: Client, w: World) -> None:
    html = page(client, w, "firm", "heures/")[1]
    assert "À déclarer" in html
    assert f"/marches/{w.contract.uid}/mois/2026-07/" in html
    assert "Valider" not in html.split("<main")[1].split("</main>")[0].replace("À valider", "")


def test_lines_with_names_for_some_and_sums_for_others(client: Client, w: World) -> None:
    status, html = page(client, w, "pilot", f"lignes/?engagement={w.commitment.uid}&etat=declared")
    assert status == 200
    assert "221,5\u00a0h déclarées" in html
    assert "Lemaire David" in html
    with as_owner():
        assert Reading.objects.filter(kind="identity").count() == 2
    _, html = page(Client(), w, "buyer", "lignes/")
    assert "221,5\u00a0h" in html
    assert "Lemaire" not in html
    assert "Diallo" not in html
    assert "0\u00a0h" in page(Client(), w, "stranger", f"lignes/?marche={w.contract.uid}")[1]


def test_a_number_of_hours_made_elsewhere_is_a_reading_and_says_no_more(client: Client, w: World) -> None:
    def told() -> list[Any]:
        with as_owner():
            return list(Reading.objects.filter(kind="elsewhere").values_list("account_id", "subject_uid"))

    page(client, w, "pilot", "heures/")
    assert told() == []  # all the hours known are seen
    lemaire = worked_elsewhere(w, Decimal(110))
    with as_owner():
        uid = Statement.objects.get(month=OCT, contract=w.contract.pk).uid
    _, html = page(client, w, "pilot", f"heures/{uid}/")
    assert "231,5" in html
    assert "Ailleurs" not in html
    assert told() == [(w.pilot.account_id, lemaire)]
    page(client, w, "buyer", f"heures/{uid}/")  # who reads no control is told nothing
    assert len(told()) == 1


@pytest.mark.parametrize(
    "bad", ["engagement=xyz", "mois=bof", "etat=zzz", "au=jamais", "page=-1", "titulaire=1"]
)
def test_bad_filters_of_lines(client: Client, w: World, bad: str) -> None:
    assert page(client, w, "pilot", f"lignes/?{bad}")[0] == 200


def test_queries_do_not_grow(client: Client, w: World) -> None:
    as_(client, w.pilot).get(f"/o/{w.pilot.slug}/heures/")  # what a process reads once is read
    counts: dict[str, list[int]] = {"heures/": [], "lignes/": []}
    for n in range(2):
        if n:
            with acting(w.pilot) as pilot:
                ref = w.save(pilot, OCT, w.entry(w.diallo, "10"), declarant=w.uids["etti"])
                submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        for path, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/o/{w.pilot.slug}/{path}")
            found.append(len(captured))
    assert all(before == after for before, after in counts.values()), counts


def _with_piece(client: Client, w: World) -> Any:
    address = f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/2026-11/"
    html = as_(client, w.firm).get(address).content.decode()
    piece = SimpleUploadedFile("novembre é.txt", TEXT, content_type="text/plain")
    client.post(address, {**sent(html, **{name(w, w.lemaire, OCT.replace(month=11)): "10"}, acte="envoyer"),
                          "evidence": piece})  # fmt: skip
    with as_owner():
        return Statement.objects.get(month=OCT.replace(month=11)).evidence.uid  # type: ignore[union-attr]  # it has one


def test_a_piece_is_a_download_whose_reading_is_written(client: Client, w: World) -> None:
    uid = _with_piece(client, w)
    other = Client()
    as_(other, w.pilot)
    answer = other.get(f"/o/{w.pilot.slug}/pieces/{uid}/")
    assert (answer.status_code, answer.content) == (200, TEXT)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''novembre")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with as_owner():
        assert list(Reading.objects.filter(kind="evidence").values_list("subject_uid", flat=True)) == [uid]


def test_the_piece_of_others_is_absent(client: Client, w: World) -> None:
    uid = _with_piece(client, w)
    for who in ("stranger", "etti"):
        assert page(Client(), w, who, f"pieces/{uid}/")[0] == 404
    assert page(Client(), w, "buyer", f"pieces/{uid}/")[0] == 404
    assert page(Client(), w, "pilot", f"pieces/{uuid4()}/")[0] == 404
