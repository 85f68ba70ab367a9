"""ClamAV is down: the candidate is proposed with the piece, nobody opens it, and what becomes of it is told."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings

from clausette.files.enums import Treatment
from clausette.files.models import StoredFile
from clausette.files.scanning import scan_waiting
from clausette.files.tasks import tell_destroyed
from clausette.participants.enums import PieceState
from tests.files.clamd import FOUND, OK, clamd
from tests.hats import TODAY, as_owner, noon
from tests.participants.referral_builders import Desk, desk
from tests.web.people_helpers import address, signed_in, text
from tests.web.test_referral_pieces import only_piece, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of the tests go to a folder of their own; nobody listens at the address of the antivirus."""
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr(settings, "MAILS_FOLDER", tmp_path / "mails")
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", f"unix://{tmp_path}/nobody")


def night(day: int = 0) -> dict[Treatment, int]:
    on = TODAY + timedelta(days=day)
    with as_owner():
        return dict(scan_waiting(at=noon(on), on=on, days=7))


def file() -> StoredFile:
    with as_owner():
        return StoredFile.objects.get(pk=only_piece().file_id or 0)


def in_quarantine(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file() and "quarantine" in str(path))


def pages(cast: Desk, uid: object) -> list[str]:
    both = cast.prescriber, cast.structure
    return [text(signed_in(who).get(address(who, "orientations", str(uid))).content) for who in both]


def test_it_waits_is_opened_by_nobody_then_is_read_once_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = desk()
    uid = proposed(cast, signed_in(cast.prescriber))
    where = address(cast.structure, "orientations", uid, "pieces", only_piece().uid)
    assert (file().treatment, in_quarantine(tmp_path)) == ("waiting", 1)
    for page in pages(cast, uid):
        assert "En attente d'analyse." in page
        assert f"orientations/{uid}/pieces/" not in page
    assert signed_in(cast.structure).get(where).status_code == 400
    assert night() == {Treatment.WAITING: 1}
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, OK)[0])
    assert night() == {Treatment.GIVEN: 1}
    assert where in pages(cast, uid)[1]
    assert signed_in(cast.structure).get(where).status_code == 200


def test_what_the_antivirus_refuses_or_never_sees_is_destroyed_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = desk()
    uid = proposed(cast, signed_in(cast.prescriber))
    with as_owner():
        StoredFile.objects.update(created_at=noon(TODAY))
    assert night(7) == {Treatment.WAITING: 1}
    assert night(8) == {Treatment.UNSCANNED: 1}
    assert all("l'antivirus n'a pas pu l'analyser à temps" in page for page in pages(cast, uid))
    who = {"account_id": cast.prescriber.account_id, "organisation_id": cast.prescriber.organisation_id}
    gone = str(file().uid)
    with as_owner():
        tell_destroyed(**who, file=gone)
    (mail,) = (tmp_path / "mails").iterdir()
    body = message_from_bytes(mail.read_bytes(), policy=default).get_content()
    assert "Ce que vous avez envoyé avec elle est gardé" in body
    assert "heures" not in body
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, FOUND)[0])
    assert night(9) == {}


def test_taken_away_or_decided_while_it_waits_it_never_comes_back_nor_is_said_to_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    cast = desk()
    structure = signed_in(cast.structure)
    uid = proposed(cast, signed_in(cast.prescriber))
    accepted = structure.post(address(cast.structure, "orientations", uid, "accepter"), {"person": "nouvelle"})
    assert "En attente d'analyse." in text(structure.get(accepted["Location"]).content)
    decision = {"decision": "oui", "category": "RSA", "means": "seen", "evidence_on": "10/11/2026"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture of pytest-django
        assert structure.post(accepted["Location"], decision).status_code == 302
    row = only_piece()
    assert (row.state, row.seen_on, row.gone_on) == (PieceState.DESTROYED, None, TODAY)
    assert in_quarantine(tmp_path) == 0
    monkeypatch.setattr(settings, "CLAUSETTE_CLAMAV", clamd(tmp_path, OK)[0])
    assert night() == {}
    assert (file().treatment, file().bytes_gone_on) == ("waiting", TODAY)
