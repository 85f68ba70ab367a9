"""Bytes of a transaction rolled back leave the disk; bytes that a row points to never do."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from clausette.files import storage, tasks
from clausette.files.models import StoredFile
from clausette.files.operations import store_file
from clausette.files.queries import unclaimed
from clausette.files.sweeping import Swept, sweep
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from tests.files import builders as made
from tests.hats import acting, as_owner
from tests.procurement.builders import Cast, cast

pytestmark = pytest.mark.django_db
OTHER = made.TEXT + b" "


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Bytes of the tests go to a folder of their own, at the time that the disk writes on them."""
    monkeypatch.setattr(settings, "STATE", tmp_path)
    with clock.pretending(datetime.now(clock.PARIS)):
        yield tmp_path


@pytest.fixture
def people() -> Cast:
    return cast()


def store(people: Cast, data: bytes, *, then: Exception | None = None) -> str:
    with acting(people.firm) as actor, transaction.atomic():
        store_file(actor=actor, name="relevé.csv", data=data, purpose="evidence")
        if then:
            raise then
    return storage.hash_of(data)


def grow_old(*digests: str, hours: float = 25) -> None:
    for digest in digests:
        at = clock.now().timestamp() - hours * 3600
        os.utime(storage.path_of(digest), (at, at))


def night(hours: float = 24, *, pretend: bool = False) -> Swept:
    with as_owner():
        return sweep(before=clock.now() - timedelta(hours=hours), pretend=pretend)


@pytest.fixture
def both(people: Cast) -> tuple[str, str]:
    """Bytes with their row, bytes whose transaction was rolled back; all old."""
    kept = store(people, made.TEXT)
    with pytest.raises(Refusal):
        store(people, OTHER, then=Refusal("plus tard"))
    grow_old(kept, storage.hash_of(OTHER))
    return kept, storage.hash_of(OTHER)


def test_old_bytes_without_a_row_go_and_those_with_a_row_stay(both: tuple[str, str]) -> None:
    kept, orphan = both
    assert night(pretend=True) == Swept(1, 0, len(OTHER) + storage.OVERHEAD)
    assert storage.read(orphan) == OTHER
    assert night() == Swept(1, 0, len(OTHER) + storage.OVERHEAD)
    assert (storage.path_of(kept).exists(), storage.path_of(orphan).exists()) == (True, False)
    assert night() == Swept()


def test_the_task_of_the_night_keeps_a_day(both: tuple[str, str]) -> None:
    grow_old(both[1], hours=23.9)
    with as_owner():
        tasks.sweep_rolled_back(timestamp=0)
        assert storage.path_of(both[1]).exists()
        grow_old(both[1], hours=24.1)
        tasks.sweep_rolled_back(timestamp=0)
    assert not storage.path_of(both[1]).exists()


def test_a_row_whose_file_everybody_shares_keeps_it(people: Cast) -> None:
    kept = store(people, made.TEXT)
    grow_old(kept, hours=10_000)
    assert night() == Swept()
    with as_owner():
        assert StoredFile.objects.filter(sha256=kept).count() == 1


def test_bytes_handed_in_again_are_young_again(both: tuple[str, str], people: Cast) -> None:
    """The row that will point to them is not committed when the sweeper looks."""
    storage.write(OTHER)
    assert night() == Swept()
    store(people, OTHER)
    grow_old(both[1])
    assert night() == Swept()


def test_bytes_asked_for_between_the_look_and_the_act_stay(both: tuple[str, str]) -> None:
    before = clock.now() - timedelta(hours=24)
    assert both[1] in storage.objects_before(before)
    storage.write(OTHER)
    assert storage.discard(both[1], before) == 0
    assert storage.read(both[1]) == OTHER


def test_writing_and_sweeping_at_once_never_lose_bytes_asked_for(disk: Path) -> None:
    digest, before = storage.write(OTHER), clock.now() - timedelta(hours=1)
    stop, lost = threading.Event(), []

    def sweeper() -> None:
        while not stop.is_set():
            storage.discard(digest, before)

    other = threading.Thread(target=sweeper)
    other.start()
    try:
        for _ in range(300):
            with suppress(FileNotFoundError):
                grow_old(digest)
            storage.write(OTHER)
            lost += [] if storage.path_of(digest).exists() else [digest]
    finally:
        stop.set()
        other.join()
    assert lost == []


def test_a_draft_left_by_a_killed_process_goes(both: tuple[str, str], disk: Path) -> None:
    draft = storage.path_of(both[0]).with_name(".draft-x")
    draft.write_bytes(b"half")
    assert night() == Swept(1, 0, len(OTHER) + storage.OVERHEAD)
    os.utime(draft, (0, 0))
    assert night() == Swept(0, 1, 0)
    assert not draft.exists()


def test_a_disk_that_is_not_this_database_s_is_not_touched() -> None:
    for number in range(2):
        grow_old(storage.write(made.TEXT + bytes([number])))
    assert night() == Swept(stranger=True)
    assert len(list(storage.folder().glob("??/*"))) == 2
    with as_owner(), pytest.raises(CommandError, match="rien n'est effacé"):
        call_command("sweep-files")


def test_the_command_says_what_it_did(both: tuple[str, str]) -> None:
    said = StringIO()
    with as_owner():
        call_command("sweep-files", "--dry-run", stdout=said)
        call_command("sweep-files", stdout=said)
        with pytest.raises(CommandError, match="au moins une heure"):
            call_command("sweep-files", "--older-than", "0")
    first, second = said.getvalue().replace("\u00a0", " ").splitlines()
    assert first == f"1 fichier sans ligne, 0 brouillon à effacer : {len(OTHER) + storage.OVERHEAD} octets."
    assert second == f"1 fichier sans ligne, 0 brouillon effacés : {len(OTHER) + storage.OVERHEAD} octets."


def test_the_web_may_not_ask(people: Cast) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), acting(people.pilot):
        unclaimed(["0" * 64])
