"""Keeping a file: bytes first, then the row; who may, who reads."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from clausette.files import storage
from clausette.files.enums import Treatment
from clausette.files.errors import BytesGone, FileRefused
from clausette.files.models import StoredFile
from clausette.files.operations import store_file
from clausette.files.queries import file_card, file_id, read_file
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed
from tests.files import builders as made
from tests.hats import acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bytes of the tests go to a folder of their own."""
    monkeypatch.setattr(settings, "STATE", tmp_path)
    return tmp_path


@pytest.fixture
def people() -> Cast:
    return cast()


def store(who: Actor, **more: object) -> UUID:
    with acting(who) as actor:
        given: dict[str, object] = {"name": "relevé.csv", "data": made.TEXT, "purpose": "evidence", **more}
        return store_file(actor=actor, **given)  # type: ignore[arg-type]  # values vary by test


def contract_pk(uid: UUID) -> int:
    from clausette.procurement.models import Contract

    with as_owner():
        return Contract.objects.get(uid=uid).pk


def test_bytes_are_on_disk_under_their_hash_and_come_back(people: Cast, disk: Path) -> None:
    uid = store(people.firm)
    digest = storage.hash_of(made.TEXT)
    there = (disk / "files" / digest[:2] / digest).read_bytes()
    assert there.startswith(storage.SEALED)
    assert b"Dupont" not in there
    assert [p.name for p in (disk / "files").rglob("*") if p.is_file()] == [digest]
    with acting(people.firm) as actor:
        content = read_file(actor=actor, uid=uid)
        card = file_card(actor=actor, uid=uid)
        assert file_id(actor, uid) > 0
    assert (content.name, content.content_type, content.data) == ("relevé.csv", "text/csv", made.TEXT)
    assert (card.size, card.deposited_by, card.owner_name) == (len(made.TEXT), "Bao", "Bâti Ouche")


def test_the_act_is_journalled_without_the_name(people: Cast) -> None:
    store(people.firm)
    with as_owner():
        event = Event.objects.get(verb="files.file.stored")
    assert event.after["name"] == "•"
    assert event.after["sha256"] == storage.hash_of(made.TEXT)


def test_the_original_of_a_masked_piece_is_nowhere(people: Cast, disk: Path) -> None:
    data = f"Nom;NIR\nDupont;{made.nir_with_key()}".encode()
    uid = store(people.firm, data=data)
    assert all(made.nir_with_key().encode() not in p.read_bytes() for p in disk.rglob("*") if p.is_file())
    with acting(people.firm) as actor:
        assert file_card(actor=actor, uid=uid).treatment == Treatment.MASKED
    with as_owner():
        assert StoredFile.objects.get(uid=uid).given_sha256 == storage.hash_of(data)


def test_same_bytes_twice_are_two_rows_and_one_file(people: Cast, disk: Path) -> None:
    assert store(people.firm) != store(people.other_firm)
    assert len([p for p in (disk / "files").rglob("*") if p.is_file()]) == 1


def test_a_firm_brings_no_official_file(people: Cast) -> None:
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice importe"):
        store(people.firm, name="a.json", data=b"{}", purpose="official")


def test_a_refused_file_leaves_nothing(people: Cast, disk: Path) -> None:
    with pytest.raises(FileRefused, match="est vide"):
        store(people.firm, data=b"")
    assert not (disk / "files").exists()
    with as_owner():
        assert not StoredFile.objects.exists()


def test_the_pilot_of_the_contract_reads_it_and_nobody_else(people: Cast) -> None:
    number = contract_pk(contract(people))
    uid = store(people.firm, contract_id=number)
    with acting(people.pilot) as actor:
        assert read_file(actor=actor, uid=uid).data == made.TEXT
    for who in (people.stranger, people.buyer, people.other_firm):
        with acting(who) as actor, pytest.raises(Absent):
            read_file(actor=actor, uid=uid)


def test_a_file_without_contract_is_its_owners_only(people: Cast) -> None:
    contract(people)
    uid = store(people.firm)
    with acting(people.pilot) as actor, pytest.raises(Absent):
        file_id(actor, uid)
    with acting(people.firm) as actor, pytest.raises(Absent):
        file_id(actor, uuid4())


def test_bytes_written_before_they_were_sealed_are_read(people: Cast) -> None:
    uid = store(people.firm)
    storage.path_of(storage.hash_of(made.TEXT)).write_bytes(made.TEXT)
    with acting(people.firm) as actor:
        assert read_file(actor=actor, uid=uid).data == made.TEXT


def test_changed_or_missing_bytes_are_an_incident(people: Cast, disk: Path) -> None:
    uid = store(people.firm)
    path = storage.path_of(storage.hash_of(made.TEXT))
    path.write_bytes(b"autre")
    with acting(people.firm) as actor, pytest.raises(BytesGone):
        read_file(actor=actor, uid=uid)
    path.unlink()
    with acting(people.firm) as actor, pytest.raises(BytesGone):
        read_file(actor=actor, uid=uid)
