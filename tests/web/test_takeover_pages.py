"""The pages of the takeover: send, look at the columns, see what will be done."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from clausette.imports.operations.takeover import undo_takeover
from clausette.kernel.actor import Actor
from clausette.participants.operations import create_participant
from tests.hats import TODAY, acting, as_owner, noon
from tests.imports.takeover.books import four, hours, xlsx
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]
JAN = date(2026, 1, 1)
UNSURE = xlsx(
    {"X": [("Nom", "Prénom", "Machin", "Mois", "Heures"), ("Lefranc", "Ines", "M1", "03/2026", 12)]}
)


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def send(who: Actor, data: bytes, name: str = "suivi.xlsx") -> Any:
    return browser(who).post(address(who, "reprise/"), {"file": SimpleUploadedFile(name, data), "sender": ""})


def sent(who: Actor, data: bytes) -> UUID:
    answer = send(who, data)
    assert answer.status_code == 302, text(answer)[:2000]
    return UUID(answer["Location"].split("/reprise/")[1].split("/")[0])


def test_the_first_page_teaches_and_gives_the_template(people: Cast) -> None:
    page = text(browser(people.pilot).get(address(people.pilot, "reprise/")))
    assert "Rien n'est écrit avant." in page or "Rien n&#x27;est écrit avant." in page
    answer = browser(people.pilot).get(address(people.pilot, "reprise/modele/"))
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]


def test_a_list_of_persons_has_its_own_door_template_and_words(people: Cast) -> None:
    client = browser(people.pilot)
    page = text(client.get(address(people.pilot, "reprise/personnes/")))
    assert "Nom, prénom et date de naissance suffisent" in page
    model = client.get(address(people.pilot, "reprise/personnes/modele/"))
    data = xlsx({"Personnes": [("Nom", "Prénom", "Date de naissance"), ("Roy", "Ali", date(1999, 2, 1))]})
    assert model.content.startswith(b"PK")
    files = {"file": SimpleUploadedFile("p.xlsx", data), "sender": ""}
    answer = client.post(address(people.pilot, "reprise/personnes/"), files)
    assert answer.status_code == 302, text(answer)[:2000]
    page = text(client.get(answer["Location"]))
    assert "Par marché" not in page
    done = client.post(f"{answer['Location']}reprendre/")
    assert done["Location"] == answer["Location"]


def test_a_sure_workbook_goes_straight_to_its_totals(people: Cast) -> None:
    uid = sent(people.pilot, four(hours=[hours(JAN, 98.5)]))
    page = text(browser(people.pilot).get(address(people.pilot, f"reprise/{uid}/")))
    assert "98,5\u00a0h dans le classeur" in page
    assert "École des Tilleuls" in page


def test_an_unsure_workbook_asks_for_its_columns_and_keeps_what_was_answered(people: Cast) -> None:
    answer = send(people.pilot, UNSURE)
    assert answer["Location"].endswith("/colonnes/")
    client = browser(people.pilot)
    page = text(client.get(answer["Location"]))
    assert "C · Machin" in page
    wrong = client.post(
        answer["Location"], {"feuille-0": "hours", "colonne-0-0": "last_name", "colonne-0-2": ""}
    )
    assert (wrong.status_code, "a besoin de" in text(wrong)) == (400, True)
    fields = {"colonne-0-0": "last_name", "colonne-0-1": "first_name", "colonne-0-2": "contract_number",
              "colonne-0-3": "month", "colonne-0-4": "hours", "feuille-0": "hours"}  # fmt: skip
    other = client.post(answer["Location"], {**fields, "montrer": "1", "feuille-0": "people"})
    assert (other.status_code, '<option value="people" selected>' in text(other)) == (200, True)
    assert client.post(answer["Location"], fields).status_code == 302


def test_lines_to_correct_say_their_cell_and_come_back_as_a_file(people: Cast) -> None:
    uid = sent(people.pilot, four(hours=[hours(JAN, "x1"), hours(JAN, 12)]))
    client = browser(people.pilot)
    page = text(client.get(address(people.pilot, f"reprise/{uid}/lignes/")))
    assert "Heures, ligne 2" in page
    assert "Colonne E : " in page
    assert "Heures, ligne 3" not in page
    filtered = text(client.get(address(people.pilot, f"reprise/{uid}/lignes/?voir=toutes&feuille=Personnes")))
    assert "Personnes, ligne 2" in filtered
    assert "Heures, ligne" not in filtered.split("<table", 1)[1]
    answer = client.get(address(people.pilot, f"reprise/{uid}/retour/?seulement=1"))
    assert answer.content.startswith(b"PK")
    assert (
        client.get(address(people.pilot, f"reprise/{uid}/classeur/")).content
        == four(hours=[hours(JAN, "x1"), hours(JAN, 12)])
        or answer.status_code == 200
    )


def test_the_partial_is_the_list_alone(people: Cast) -> None:
    uid = sent(people.pilot, four(hours=[hours(JAN, "x1")]))
    path = address(people.pilot, f"reprise/{uid}/lignes/")
    part = text(browser(people.pilot).get(path, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="resultats">')


def test_a_person_of_the_same_name_is_asked_on_the_page(people: Cast) -> None:
    with acting(people.pilot) as actor:
        create_participant(
            actor=actor, first_name="Ines", last_name="Lefranc", birth_date=date(1980, 1, 1), on=TODAY
        )
    uid = sent(people.pilot, four())
    client = browser(people.pilot)
    page = text(client.get(address(people.pilot, f"reprise/{uid}/lignes/?voir=a-decider")))
    assert "Est-ce la même personne" in page
    action = page.split('action="')[1:]
    target = next(part.split('"')[0] for part in action if "/lignes/" in part)
    assert client.post(target, {}).status_code == 400
    assert client.post(target, {"answer": "new"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "Ce fichier est vide."), (b"%PDF-1.7 %%EOF", "un PDF"), (b"PK\x03\x04 bidon", "abîmé")],
)
def test_a_bad_file_is_told_at_its_field(people: Cast, data: bytes, sentence: str) -> None:
    answer = send(people.pilot, data)
    assert (answer.status_code, sentence in text(answer)) == (400, True)


def test_the_same_workbook_opens_the_first(people: Cast) -> None:
    uid = sent(people.pilot, four())
    answer = send(people.pilot, four())
    assert (answer.status_code, f"reprise/{uid}/" in text(answer)) == (400, True)


def test_giving_up_asks_first(people: Cast) -> None:
    uid = sent(people.pilot, four())
    client, path = browser(people.pilot), address(people.pilot, f"reprise/{uid}/abandonner/")
    assert "Rien ne sera écrit" in text(client.get(path))
    assert client.post(path).status_code == 302
    assert client.get(path).status_code == 403


def test_who_may_not(people: Cast) -> None:
    uid = sent(people.pilot, four())
    assert browser(people.firm).get(address(people.firm, "reprise/")).status_code == 403
    assert browser(people.stranger).get(address(people.stranger, f"reprise/{uid}/")).status_code == 404
    assert browser(people.stranger).get(address(people.pilot, f"reprise/{uid}/")).status_code == 404
    assert browser(people.pilot).delete(address(people.pilot, "reprise/")).status_code == 405


def test_take_over_reconcile_and_undo_by_the_pages(people: Cast) -> None:
    uid = sent(people.pilot, four(hours=[hours(JAN, 98.5), hours(JAN, "x1")]))
    client = browser(people.pilot)

    def at(path: str) -> str:
        return address(people.pilot, f"reprise/{uid}/{path}")

    question = text(client.get(at("reprendre/")))
    assert "1\u00a0ligne à corriger ne sera pas reprise" in question
    answer = client.post(at("reprendre/"))
    assert answer["Location"].endswith("/rapprochement/")
    page = text(client.get(at("rapprochement/")))
    assert (
        "Le classeur et Clausette disent la même chose, à l&#x27;heure près" in page
        or "à l'heure près" in page
    )
    assert client.get(at("rapprochement/xlsx/")).content.startswith(b"PK")
    assert client.post(at("reprendre/")).status_code == 403
    assert "est retiré" in text(client.get(at("defaire/")))
    assert client.post(at("defaire/")).status_code == 302
    assert "Défait" in text(client.get(at("")))
    assert client.get(at("defaire/")).status_code == 403


def test_a_large_workbook_is_handed_to_the_worker(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausette.web.takeover.views.acts.IN_REQUEST", 2)
    uid = sent(people.pilot, four(hours=[hours(JAN, 98.5)]))
    client, path = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    assert client.post(f"{path}reprendre/").status_code == 302
    page = text(client.get(path))
    assert "Reprise en cours" in page
    assert "Relancer" in page
    assert "attend son tour" in text(client.get(f"{path}avancement/"))


def test_a_large_takeover_is_undone_by_the_worker(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausette.web.takeover.views.acts.UNDO_IN_REQUEST", 2)
    uid = sent(people.pilot, four(hours=[hours(JAN, 98.5)]))
    client, path = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    client.post(f"{path}reprendre/")
    client.post(f"{path}defaire/")
    assert "va être défaite" in text(client.get(path))
    with as_owner():
        asked = ProcrastinateJob.objects.get(task_name="imports.undo_takeover")
        assert asked.args["batch"] == str(uid)
    with acting(people.pilot) as actor:
        undo_takeover(actor=actor, batch_uid=uid, at=noon(TODAY))
    assert "Défait" in text(client.get(path))
