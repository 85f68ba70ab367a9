"""ClamAV is down: the hours leave with their piece, nobody opens it, and what becomes of it is told."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.access.models import Membership
from clausette.access.rights import named_rights
from clausette.files import quarantine, storage
from clausette.files.enums import Purpose, Treatment
from clausette.files.errors import ScannerDown
from clausette.files.models import StoredFile
from clausette.files.operations import settle_waiting, store_file
from clausette.files.scanning import scan_waiting, waiting_pieces
from clausette.files.tasks import tell_destroyed
from clausette.files.treating.run import Fit
from clausette.hours.models import Statement
from clausette.journal.models import Event
from clausette.kernel.errors import Absent
from tests.files.builders import TEXT, nir_with_key, xlsx
from tests.files.clamd import FOUND, OK, clamd
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, world
from tests.web.test_hours_grid import as_, name, sent
from tests.web.test_hours_month import url
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]
DAYS = 7


@pytest.fixture(autouse=True)
def down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of the tests go to a folder of their own; nobody listens at the address of the antivirus."""
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr(settings, "MAILS_FOLDER", tmp_path / "mails")
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", f"unix://{tmp_path}/nobody")


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def handed(client: Client, w: World, data: bytes, file: str = "feuille.csv") -> StoredFile:
    """The firm hands its month over with a piece."""
    page = as_(client, w.firm).get(url(w)).content.decode()
    form = sent(page, **{name(w, w.lemaire): "121,5"}, acte="envoyer")
    answer = client.post(url(w), {**form, "evidence": SimpleUploadedFile(file, data)})
    assert answer.status_code == 302
    return piece()


def piece() -> StoredFile:
    with as_owner():
        found = Statement.objects.get().evidence
        assert found is not None
        return found


def night(day: date = TODAY) -> dict[Treatment, int]:
    with as_owner():
        return dict(scan_waiting(at=noon(day), on=day, days=DAYS))


def statement(client: Client, w: World) -> str:
    """The page of the statement, for the facilitator."""
    with as_owner():
        uid = Statement.objects.get().uid
    return as_(client, w.pilot).get(f"/o/{w.pilot.slug}/heures/{uid}/").content.decode()


def status(client: Client, who: Any, uid: UUID) -> int:
    return as_(client, who).get(f"/o/{who.slug}/pieces/{uid}/").status_code


def test_hours_leave_and_nobody_opens_what_waits(client: Client, w: World, tmp_path: Path) -> None:
    file = handed(client, w, TEXT)
    with as_owner():
        assert (Statement.objects.get().state, file.treatment) == ("submitted", "waiting")
    html = client.get(url(w)).content.decode()
    assert "attend l&#x27;analyse de l&#x27;antivirus" in html
    assert [status(Client(), who, file.uid) for who in (w.firm, w.pilot)] == [400, 400]
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and "quarantine" in str(path)]
    assert len(kept) == 1
    assert b"Dupont" not in kept[0].read_bytes()
    assert not storage.path_of(file.sha256).exists()
    html = statement(client, w)
    assert "feuille.csv. En attente d&#x27;analyse." in html
    assert f"/pieces/{file.uid}/" not in html
    assert "W104" in html, "what nobody opened proves nothing yet"


def test_once_looked_at_it_is_treated_and_joined(
    client: Client, w: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = TEXT + nir_with_key().encode()
    file = handed(client, w, data)
    assert night() == {Treatment.WAITING: 1}
    address, received = clamd(tmp_path, OK)
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", address)
    assert night() == {Treatment.MASKED: 1}
    assert b"".join(received) == data
    assert night() == {}
    html = statement(client, w)
    assert f"/pieces/{file.uid}/" in html
    assert "Masqué : 1\u00a0numéro de sécurité sociale." in html
    assert "W104" not in html
    content = client.get(f"/o/{w.pilot.slug}/pieces/{file.uid}/").content
    assert nir_with_key().encode() not in content
    with as_owner():
        event = Event.objects.get(verb="files.file.scanned")
        assert [(event.before or {})["treatment"], (event.after or {})["treatment"]] == ["waiting", "masked"]
        assert storage.hash_of(content) == piece().sha256


def test_what_is_infected_is_destroyed_and_its_depositor_told(
    client: Client, w: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = handed(client, w, TEXT)
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, FOUND)[0])
    with django_capture_on_commit_callbacks(execute=True):
        assert night() == {Treatment.INFECTED: 1}
    assert not list((tmp_path / "files" / "quarantine").glob("*"))
    with as_owner():
        tell_destroyed(account_id=w.firm.account_id, organisation_id=w.firm.organisation_id, file=str(file.uid))
    (letter,) = (tmp_path / "mails").glob("*.eml")
    body = message_from_bytes(letter.read_bytes(), policy=default).get_content()
    assert "l'antivirus y a reconnu un programme dangereux" in body
    assert "feuille.csv" not in body
    html = statement(client, w)
    assert "feuille.csv. Détruite : l&#x27;antivirus y a reconnu un programme dangereux." in html
    assert status(Client(), w.pilot, file.uid) == 400
    assert piece().bytes_gone_on == TODAY
    with as_owner():
        uid = Statement.objects.get().uid
    client.post(f"/o/{w.pilot.slug}/heures/{uid}/piece/", {"acte": "sans-piece"})
    with as_owner():
        left = Statement.objects.get()
        assert (left.piece_left, left.evidence_id) == ("seen", None)


def test_what_waited_too_long_is_destroyed(client: Client, w: World) -> None:
    file = handed(client, w, TEXT)
    with as_owner():
        StoredFile.objects.update(created_at=noon(TODAY))
    assert night(TODAY + timedelta(days=DAYS)) == {Treatment.WAITING: 1}
    assert night(TODAY + timedelta(days=DAYS + 1)) == {Treatment.UNSCANNED: 1}
    assert "n&#x27;a pas pu l&#x27;analyser à temps" in statement(client, w)
    assert piece().sha256 == file.given_sha256, "the proof of what was sent"


def test_what_can_not_be_masked_is_destroyed_too(
    client: Client, w: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    handed(client, w, xlsx(nir_with_key()), "paie.xlsx")
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, OK)[0])
    assert night() == {Treatment.UNFIT: 1}


def test_where_nobody_acts_any_more_it_waits_then_goes(client: Client, w: World) -> None:
    handed(client, w, TEXT)
    with as_owner():
        Membership.objects.filter(organisation_id=w.firm.organisation_id).update(revoked_at=noon(TODAY))
    assert night() == {Treatment.WAITING: 1}
    assert night(TODAY + timedelta(days=30)) == {Treatment.UNSCANNED: 1}
    assert piece().bytes_gone_on == TODAY + timedelta(days=30)


def test_what_is_destroyed_while_it_is_looked_at_is_not_brought_back(client: Client, w: World) -> None:
    file = handed(client, w, TEXT)
    with as_owner():
        [taken] = waiting_pieces()
        StoredFile.objects.filter(pk=file.pk).update(bytes_gone_on=TODAY)
        assert taken.account_id is not None
        with named_rights(taken.account_id, taken.organisation_id) as actor, pytest.raises(Absent):
            settle_waiting(
                actor=actor, uid=taken.uid, became=Treatment.GIVEN, fit=Fit(TEXT, Treatment.GIVEN), on=TODAY
            )  # fmt: skip
    assert (piece().treatment, piece().bytes_gone_on) == (Treatment.WAITING, TODAY)


def test_a_workbook_to_read_at_once_does_not_wait(w: World) -> None:
    with acting(w.pilot) as pilot, pytest.raises(ScannerDown):
        store_file(actor=pilot, name="h.csv", data=TEXT, purpose=Purpose.WORKBOOK)


def test_bytes_that_no_row_waits_for_go(w: World, tmp_path: Path) -> None:
    quarantine.put(UUID(int=1), TEXT)
    assert quarantine.take(UUID(int=1)) == TEXT
    night(date(2100, 1, 1))
    assert not list((tmp_path / "files" / "quarantine").glob("*"))
