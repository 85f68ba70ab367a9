"""Keys of persons: made once, found by every process, destroyed for good."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clausette.kernel.keystore import Erasure, KeyDestroyed, KeyMissing, KeyStore


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys")


def test_a_key_is_made_once_and_found_by_another_process(store: KeyStore) -> None:
    one, two = uuid4(), uuid4()
    made = store.make([one, two, one])
    assert made[one] != made[two]
    assert {len(key) for key in made.values()} == {32}
    again = KeyStore(store.folder)
    assert again.make([one]) == {one: made[one]}
    assert again.keys([two, uuid4()]) == {two: made[two]}
    assert again.held() == {one, two}


def test_files_are_for_their_owner_only(store: KeyStore) -> None:
    store.make([uuid4()])
    store.note(Erasure(uuid4(), "2026-11-27", 1, "demande"))
    assert store.folder.stat().st_mode & 0o777 == 0o700
    files = [path for path in store.folder.iterdir() if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert {"master.key", "persons.sqlite", "erasures.jsonl"} <= {path.name for path in files}


def test_no_key_lies_bare_in_the_files(store: KeyStore) -> None:
    keys = store.make([uuid4() for _ in range(20)])
    stored = b"".join(path.read_bytes() for path in store.folder.iterdir())
    assert not any(key in stored for key in keys.values())


def test_thousands_at_once(store: KeyStore) -> None:
    persons = [uuid4() for _ in range(3000)]
    assert store.make(persons) == store.keys(persons)
    assert len(store.held()) == 3000


def test_a_destroyed_key_is_gone_from_the_disk_and_is_never_made_again(store: KeyStore) -> None:
    one, two = uuid4(), uuid4()
    kept = store.make([one, two])[two]
    with closing(sqlite3.connect(store.folder / "persons.sqlite")) as base:
        (wrapped,) = base.execute("SELECT wrapped FROM person_key WHERE person = ?", [one.bytes]).fetchone()
    store.destroy([one])
    assert not any(wrapped in path.read_bytes() for path in store.folder.iterdir())
    assert store.keys([one, two]) == {one: None, two: kept}
    with pytest.raises(KeyDestroyed):
        store.make([one])
    assert store.held() == {two}


def test_somebody_who_never_had_a_key_cannot_receive_one_once_erased(store: KeyStore) -> None:
    one = uuid4()
    store.destroy([one])
    with pytest.raises(KeyDestroyed):
        store.make([one])


def test_another_master_key_opens_none(store: KeyStore) -> None:
    one = uuid4()
    store.make([one])
    with pytest.raises(KeyMissing):
        KeyStore(store.folder, b"m" * 32).keys([one])


def test_two_at_once_agree_on_the_key_and_on_the_master_key(store: KeyStore) -> None:
    persons = [UUID(int=number) for number in range(1, 30)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: KeyStore(store.folder).make(persons), range(4)))
    assert made[0] == made[1] == made[2] == made[3]


def test_keys_of_rolled_back_transactions_are_discarded(store: KeyStore) -> None:
    one, two = uuid4(), uuid4()
    store.make([one, two])
    assert store.held(days=1) == set()
    store.discard([one])
    assert store.held() == {two}


def test_the_ledger_keeps_the_first_line_of_each_and_survives_a_cut_line(store: KeyStore) -> None:
    first = Erasure(uuid4(), "2026-11-27", 7, "« demande » du 3")
    second = Erasure(uuid4(), "2026-11-28", None, "")
    store.note(first)
    store.note(Erasure(first.person, "2027-01-01", 8, "again"))
    store.note(second)
    with (store.folder / "erasures.jsonl").open("ab") as file:
        file.write(b'{"person": "0000')
    assert store.erasures() == [first, second]
    third = Erasure(uuid4(), "2026-11-29", 7, "")
    store.note(third)
    assert store.erasures() == [first, second, third]
