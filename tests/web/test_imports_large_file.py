"""A large official file is read by the worker: left, found again with its progress, read once, told when unreadable."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from clausette.files.models import StoredFile
from clausette.files.queries import read_file
from clausette.imports import tasks
from clausette.imports.decp.secrecy import CERTAIN
from clausette.imports.enums import BatchState, RowFate
from clausette.imports.models import ImportBatch, ImportRow
from clausette.imports.operations import READ_IN_REQUEST, read_batch
from clausette.kernel import progress
from clausette.procurement.models import Contract
from tests.files.builders import nir_with_key
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import as_xml, official_file, record
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, send, sent, text
from tests.web.test_account_own import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]
BLANK = b" " * READ_IN_REQUEST


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def handed(people: Cast, data: bytes, name: str = "decp.json") -> UUID:
    """Send a large file; return its batch, not read yet."""
    answer = send(people.pilot, data=data, name=name)
    assert answer.status_code == 302, text(answer)[:3000]
    uid = UUID(answer["Location"].rstrip("/").rsplit("/", 1)[-1])
    assert batch_of(uid).state == BatchState.READING
    return uid


def batch_of(uid: UUID) -> ImportBatch:
    with as_owner():
        return ImportBatch.objects.get(uid=uid)


def asked() -> list[dict[str, Any]]:
    """The readings in the queue."""
    return [dict(values) for name, values in jobs() if name == "imports.read_batch"]


def work() -> None:
    """What the worker does; the role of tests may not open rights by number."""
    with as_owner():
        tasks.read_handed_in(**asked()[-1])


def test_it_is_left_and_found_again(people: Cast) -> None:
    uid = handed(people, official_file(record("2026-01"), record("2026-02")) + BLANK)
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    page = text(client.get(place)).replace("&#x27;", "'")
    for told in ("Lecture en cours", "la lecture attend son tour", "rien n'est encore écrit", "abandonner"):
        assert told.casefold() in page.casefold()
    assert "Appliquer" not in page
    assert "Lecture en cours" in text(client.get(address(people.pilot)))
    for path in ("appliquer/", "lignes/", "lignes/1/"):
        assert client.post(place + path, {"voir": "nouveaux", "choice": "skip"}).status_code == 403, path
    progress.say(uid, 200, 1200)
    polled: Any = client.get(place, headers={"HX-Request": "true", "HX-Target": "en-cours"})
    assert "200 sur 1\u202f200\u00a0enregistrements lus" in text(polled)
    assert "HX-Refresh" not in polled.headers
    work()
    over: Any = client.get(place, headers={"HX-Request": "true", "HX-Target": "en-cours"})
    assert over.headers["HX-Refresh"] == "true"
    page = text(client.get(place))
    assert "Extension de l&#x27;école des Quatre-Vents" in page
    assert "Appliquer" in page
    assert progress.heard(uid) is None
    with as_owner():
        assert not Contract.objects.exists()


def test_it_is_read_as_a_small_one_and_only_once(people: Cast) -> None:
    sent(people.pilot, record("2026-01"), record("2026-02"), {"id": "seul"})
    uid = handed(people, official_file(record("2026-01"), record("2026-02"), {"id": "seul"}) + BLANK)
    told: list[tuple[int, int]] = []
    with acting(people.pilot) as actor:
        read_batch(actor=actor, batch_uid=uid, on=TODAY, heard=lambda done, total: told.append((done, total)))
    assert told == [(0, 3)]
    with as_owner():
        columns = ("position", "key", "fingerprint", "title", "raw", "problems", "fate", "changes", "choice")
        rows = ImportRow.objects.order_by("position")
        large = list(rows.filter(batch__uid=uid).values(*columns))
        assert large == list(rows.exclude(batch__uid=uid).values(*columns))
        assert [row["fate"] for row in large] == [RowFate.ADDED, RowFate.ADDED, RowFate.REFUSED]
    work()
    with as_owner():
        assert ImportRow.objects.filter(batch__uid=uid).count() == 3


def test_given_up_meanwhile_it_stays_so_and_may_be_sent_again(people: Cast) -> None:
    data = official_file(record()) + BLANK
    uid = handed(people, data)
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    assert client.post(f"{place}abandonner/").status_code == 302
    work()
    assert batch_of(uid).state == BatchState.CANCELLED
    page = text(client.get(place))
    assert "Abandonné" in page
    assert "Relancer" not in page
    assert handed(people, data) != uid


def test_a_reading_that_stopped_is_asked_again(people: Cast) -> None:
    uid = handed(people, official_file(record()) + BLANK)
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    assert client.post(f"{place}relire/").status_code == 302
    assert len(asked()) == 2
    work()
    work()
    assert batch_of(uid).state == BatchState.READ
    assert client.post(f"{place}relire/").status_code == 302
    assert len(asked()) == 2  # read already: nothing is asked
    with as_owner():
        assert ImportRow.objects.filter(batch__uid=uid).count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"marches": [', "le fichier s&#x27;arrête avant la fin"),
        (b'{"marches": {"marche": []}}', "Ce fichier ne contient aucun marché."),
        (b'<?xml version="1.0"?><marches><marche>', "Le XML ne peut pas être lu"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><marches/>", "type de document (DOCTYPE)"),
    ],
)
def test_what_cannot_be_read_is_told_on_its_page_and_may_be_sent_again(
    people: Cast, data: bytes, sentence: str
) -> None:
    refused = text(send(people.pilot, data=data))
    assert sentence in refused  # what a small one is told at its field
    uid = handed(people, data + BLANK)
    work()
    assert batch_of(uid).state == BatchState.UNREADABLE
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    page = text(client.get(place))
    assert sentence in page
    assert "Illisible" in page
    assert address(people.pilot, "nouveau/") in page
    assert "Appliquer" not in page
    for path in ("appliquer/", "abandonner/", "relire/"):
        assert client.post(place + path).status_code == 403, path
    assert handed(people, data + BLANK) != uid


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"%PDF-1.7 %%EOF", "un PDF, pas un fichier DECP"), (b"\n", "Le fichier est vide.")],
)
def test_what_is_plainly_something_else_is_told_at_once(people: Cast, data: bytes, sentence: str) -> None:
    answer = send(people.pilot, data=data + BLANK)
    assert (answer.status_code, sentence in text(answer)) == (400, True)
    with as_owner():
        assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("form", ["json", "escaped", "xml"])
def test_a_social_security_number_does_not_wait_on_the_disk(people: Cast, form: str) -> None:
    number = nir_with_key()
    data = official_file(record("2026-01", objet=f"Toiture, M. Roux {number}"), record("2026-02"))
    if form == "escaped":
        data = data.replace(number.encode(), "".join(f"\\u00{ord(one):x}" for one in number).encode())
    if form == "xml":
        data = as_xml(record("2026-01", objet=f"Toiture, M. Roux {number}"), record("2026-02")).encode()
    uid = handed(people, data + BLANK)
    with acting(people.pilot) as actor:
        kept = read_file(actor=actor, uid=_file_of(uid)).data
    assert number.encode() not in kept
    assert data[-30:] in kept or form == "xml"
    work()
    with as_owner():
        rows = list(ImportRow.objects.filter(batch__uid=uid).order_by("position"))
    assert [row.fate for row in rows] == [RowFate.REFUSED, RowFate.ADDED]
    assert CERTAIN in {one["sentence"] for one in rows[0].problems}


def _file_of(uid: UUID) -> UUID:
    with as_owner():
        return StoredFile.objects.get(pk=batch_of(uid).file_id).uid


def test_few_records_of_a_large_file_are_written_by_the_worker(people: Cast) -> None:
    uid = handed(people, official_file(record()) + BLANK)
    work()
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    assert "quelques minutes" in text(client.get(f"{place}appliquer/"))
    assert client.post(f"{place}appliquer/").status_code == 302
    assert batch_of(uid).state == BatchState.APPLYING


def test_a_small_file_is_read_at_once(people: Cast) -> None:
    answer = send(people.pilot, record())
    assert answer.status_code == 302
    assert asked() == []
