"""The pages of a file of hours: send, look, match, confirm, and what the facilitator sees of it."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import submit_statement, validate_statement
from clausette.imports.operations.hours_files import say_hours_undo_refused, undo_hours_file
from clausette.imports.takeover.reading import read_workbook
from clausette.kernel.actor import Actor
from clausette.kernel.errors import WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.imports.hours_files.books import book, row
from tests.web.browsing import signed_in
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def url(who: Actor, path: str = "") -> str:
    return f"/o/{who.slug}/fichiers-d-heures/{path}"


def send(who: Actor, data: bytes, **fields: Any) -> Any:
    return signed_in(who).post(url(who), {"file": SimpleUploadedFile("paie.xlsx", data), **fields})


def sent(who: Actor, data: bytes, **fields: Any) -> UUID:
    answer = send(who, data, **fields)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return UUID(answer["Location"].split("/fichiers-d-heures/")[1].split("/")[0])


def page(who: Actor, path: str) -> str:
    return str(signed_in(who).get(url(who, path)).content.decode())


def test_an_employer_fills_its_statements_and_the_facilitator_sees_from_which_file(w: World) -> None:
    uid = sent(w.etti, book(row("DIALLO", "Salif", 120.5), row("Inconnu", "Jean", 100)))
    shown = page(w.etti, f"{uid}/")
    assert "Gymnase des Acacias" in shown
    assert "120,5\u00a0h" in shown
    assert "Confirmer 1\u00a0ligne" in shown
    ask = page(w.etti, f"{uid}/confirmer/")
    assert "1\u00a0ligne reste de côté" in ask
    client = signed_in(w.etti)
    assert client.post(url(w.etti, f"{uid}/confirmer/"), {"submit": ""}).status_code == 400
    assert client.post(url(w.etti, f"{uid}/confirmer/"), {"submit": "oui"}).status_code == 302
    done = page(w.etti, f"{uid}/")
    assert ("Importé le" in done, "Confirmer" in done) == (True, False), "what is done is no button any more"
    with as_owner():
        statement = Statement.objects.get()
    assert (statement.state, statement.source) == ("submitted", "file")
    seen = signed_in(w.pilot).get(f"/o/{w.pilot.slug}/heures/{statement.uid}/").content.decode()
    assert "Importé d&#x27;un fichier" in seen
    assert "paie.xlsx : 1\u00a0ligne, 120,5\u00a0h" in seen
    assert "par Ugo (Intérim Plus)" in seen


def test_a_structure_says_whose_hours_they_are(w: World) -> None:
    data = book(row("Diallo", "Salif", 120))
    answer = send(w.pilot, data)
    assert (answer.status_code, "Dites de qui sont ces heures" in answer.content.decode()) == (400, True)
    uid = sent(w.pilot, data, declarant=str(w.uids["etti"]))
    assert "Intérim Plus, 1\u00a0ligne" in page(w.pilot, f"{uid}/")


def test_the_file_comes_back_with_what_is_to_be_corrected(w: World) -> None:
    uid = sent(w.etti, book(row("Diallo", "Salif", "12h7x"), row("Diallo", "Salif", 800), row("Roy", "Ali", 3)))
    answer = signed_in(w.etti).get(url(w.etti, f"{uid}/retour/"))
    head, *lines = [line.cells for line in read_workbook(answer.content, kind="book").sheets[0].lines]
    assert head[-1] == "À corriger"
    assert lines[1][:6] == ("Diallo", "Salif", "1990-05-04", "Bâti Ouche", "10/2026", "800")
    assert [code for line, code in zip(lines, ("(E201)", "(E020)", "(E231)"), strict=True) if code in line[6]] == [
        "(E201)", "(E020)", "(E231)",
    ]  # fmt: skip


def test_unsure_columns_are_asked_once(w: World) -> None:
    head = ("Nom", "Prénom", "Machin", "Mois", "Truc")
    data = book(("Diallo", "Salif", "Bâti Ouche", "10/2026", 12), head=head)
    answer = send(w.etti, data)
    assert answer["Location"].endswith("/colonnes/")
    client = signed_in(w.etti)
    asked = client.get(answer["Location"]).content.decode()
    assert "C · Machin" in asked
    columns = {"feuille-0": "oui", "colonne-0-0": "last_name", "colonne-0-1": "first_name", "colonne-0-3": "month"}
    refused = client.post(answer["Location"], columns)
    assert (refused.status_code, "Il manque les heures." in refused.content.decode()) == (400, True)
    said = {**columns, "colonne-0-2": "host_name", "colonne-0-4": "hours"}
    assert client.post(answer["Location"], said).status_code == 302
    again = book(("Diallo", "Salif", "Bâti Ouche", "11/2026", 30), head=head)
    assert not send(w.etti, again)["Location"].endswith("/colonnes/")


def test_who_is_not_sure_is_said_once(w: World) -> None:
    uid = sent(w.etti, book(row("Diallo", "Salif", 50, client="Bati-Ouche constructions"), row("Diop", "Sal", 9)))
    asked = page(w.etti, f"{uid}/rapprochements/")
    assert "Probable" in asked
    line = asked.split('name="choix-')[1].split('"')[0]
    token = f"{w.diallo.uid}/{w.commitment.uid}"
    assert f'value="{token}" selected' in asked
    client = signed_in(w.etti)
    assert client.post(url(w.etti, f"{uid}/rapprochements/"), {}).status_code == 400
    answer = client.post(url(w.etti, f"{uid}/rapprochements/"), {f"choix-{line}": token})
    assert answer["Location"].endswith(f"/{uid}/")
    nothing = page(w.etti, f"{uid}/rapprochements/")
    assert ("Rien à choisir ici" in nothing, "Tout est rapproché" in nothing) == (True, False), "Diop Sal is left"
    left = page(w.etti, f"{uid}/lignes/?voir=non-rapprochees")
    other = left.split(f"/fichiers-d-heures/{uid}/lignes/")[-1].split("/")[0]
    assert client.post(url(w.etti, f"{uid}/lignes/{other}/"), {f"choix-{other}": "?"}).status_code == 400
    assert client.post(url(w.etti, f"{uid}/lignes/{other}/"), {f"choix-{other}": "aucun"}).status_code == 302
    assert "Laissées de côté" in page(w.etti, f"{uid}/")
    assert "Tout est rapproché" in page(w.etti, f"{uid}/rapprochements/")


def test_undone_until_control(w: World) -> None:
    uid = sent(w.etti, book(row("Diallo", "Salif", 120)))
    client = signed_in(w.etti)
    client.post(url(w.etti, f"{uid}/confirmer/"), {"submit": "oui"})
    assert "vous reviennent" in page(w.etti, f"{uid}/defaire/")
    assert client.post(url(w.etti, f"{uid}/defaire/")).status_code == 302
    with as_owner():
        assert not HoursLine.objects.exists()
        assert Statement.objects.get().state == "returned"


def test_a_large_file_is_undone_by_the_worker_which_says_what_stays(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausette.web.hourfiles.views.acts.UNDO_IN_REQUEST", 0)
    uid = sent(w.etti, book(row("Diallo", "Salif", 120)))
    client = signed_in(w.etti)
    client.post(url(w.etti, f"{uid}/confirmer/"), {"submit": "oui"})
    client.post(url(w.etti, f"{uid}/defaire/"))
    assert "va être défait" in client.get(url(w.etti, f"{uid}/")).content.decode()
    with as_owner():
        asked = ProcrastinateJob.objects.get(task_name="imports.undo_hours_file")
        assert asked.args["batch"] == str(uid)
        HoursLine.objects.update(hours=119)
    with acting(w.etti) as actor:
        with pytest.raises(WrongState) as refused:
            undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY))
        say_hours_undo_refused(actor=actor, batch_uid=uid, why=refused.value.message)
    assert "ne peut plus être défait" in page(w.etti, f"{uid}/")


def test_whose_file_it_is_not_sees_nothing(w: World) -> None:
    uid = sent(w.etti, book(row("Diallo", "Salif", 120)))
    for who, status in ((w.firm, 404), (w.pilot, 404), (w.stranger, 404), (w.buyer, 403)):
        assert signed_in(who).get(url(who, f"{uid}/")).status_code == status
        assert signed_in(who).get(url(who, f"{uid}/retour/")).status_code == status
    assert signed_in(w.etti).get(url(w.etti, f"{uid}/relire/")).status_code == 405
    assert signed_in(w.etti).get(url(w.etti, f"{uid}/avancement/")).status_code == 302


def test_a_file_given_up_writes_nothing_and_may_be_sent_again(w: World) -> None:
    data = book(row("DIALLO", "Salif", 120.5))
    uid = sent(w.etti, data)
    assert "Aucune heure ne sera écrite." in page(w.etti, f"{uid}/abandonner/")
    assert signed_in(w.etti).post(url(w.etti, f"{uid}/abandonner/")).status_code == 302
    assert signed_in(w.etti).post(url(w.etti, f"{uid}/abandonner/")).status_code == 403
    with as_owner():
        assert not HoursLine.objects.exists()
    assert sent(w.etti, data) != uid


def test_a_changed_validated_line_is_said_to_be_proposed_then_is_and_comes_back_so(w: World) -> None:
    with acting(w.firm) as actor:
        ref = w.save(actor, OCT, w.entry(w.lemaire, "120"))
        submit_statement(actor=actor, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    with acting(w.pilot) as actor:
        validate_statement(
            actor=actor, uid=ref.uid, version=None, justifications={"W104": "Vue"}, at=noon(TODAY), on=TODAY
        )
    uid = sent(w.firm, book(row("Lemaire", "David", 112)))
    assert "1\u00a0ligne à proposer comme correction, 112\u00a0h" in page(w.firm, f"{uid}/").replace("&nbsp;", "\u00a0")
    told = "Sera proposé comme correction\u00a0: 112\u00a0h au lieu de 120\u00a0h."
    assert told in page(w.firm, f"{uid}/lignes/?voir=a-proposer")
    ask = page(w.firm, f"{uid}/confirmer/")
    assert ("Proposer les corrections de" in ask, 'name="submit"' in ask) == (True, False)
    assert ("Proposer 1\u00a0correction" in ask, "rien n&#x27;y change avant la réponse" in ask) == (True, True)
    back = signed_in(w.firm).get(url(w.firm, f"{uid}/retour/"))
    assert told in read_workbook(back.content, kind="book").sheets[0].lines[1].cells[-1]
    done = signed_in(w.firm).post(url(w.firm, f"{uid}/confirmer/"), follow=True).content.decode()
    assert "1\u00a0correction proposée : le facilitateur accepte ou refuse" in done
    assert "Correction proposée" in page(w.firm, f"{uid}/lignes/?voir=a-proposer")
    seen = signed_in(w.pilot).get(f"/o/{w.pilot.slug}/heures/{ref.uid}/").content.decode()
    assert ("/corrections-proposees/" in seen, "le fichier d&#x27;heures envoyé le" in seen) == (True, True)
    assert signed_in(w.firm).post(url(w.firm, f"{uid}/defaire/")).status_code == 302
    assert "/corrections-proposees/" not in signed_in(w.pilot).get(
        f"/o/{w.pilot.slug}/heures/{ref.uid}/"
    ).content.decode()
