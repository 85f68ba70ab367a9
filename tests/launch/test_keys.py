"""Keys of persons: saved apart, put back without bringing anybody erased back."""

import os
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest

from clausette.kernel.keystore import Erasure, KeyStore
from launch import keys
from launch.place import Place
from launch.speech import Stop


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "state" / "keys")


def test_the_archive_of_the_base_does_not_hold_them(tmp_path: Path, store: KeyStore) -> None:
    from launch.archive import is_kept

    assert not is_kept(store.folder)
    assert keys.folder(Place(tmp_path, tmp_path / "state"), {}) == store.folder
    assert keys.folder(Place(tmp_path, tmp_path), {"CLAUSETTE_KEYS": "/elsewhere"}) == Path("/elsewhere")
    assert keys.beside(Path("/s/lundi.tar")) == Path("/s/lundi.cles.tar")


def test_no_key_yet_makes_no_file(tmp_path: Path) -> None:
    assert not keys.save(tmp_path / "keys", tmp_path / "k.tar")
    assert not (tmp_path / "k.tar").exists()


def test_saved_keys_open_on_another_machine(tmp_path: Path, store: KeyStore) -> None:
    one = uuid4()
    made = store.make([one])
    assert keys.save(store.folder, tmp_path / "k.tar")
    assert (tmp_path / "k.tar").stat().st_mode & 0o077 == 0
    keys.restore(tmp_path / "other", tmp_path / "k.tar")
    assert KeyStore(tmp_path / "other").keys([one]) == made
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "other").iterdir()} == {0}


def test_what_was_erased_since_the_backup_stays_erased(tmp_path: Path, store: KeyStore) -> None:
    gone, kept, later = uuid4(), uuid4(), uuid4()
    made = store.make([gone, kept])
    keys.save(store.folder, tmp_path / "k.tar")
    made |= store.make([later])
    store.note(Erasure(gone, "2026-11-27", 1, "request"))
    store.destroy([gone])
    keys.restore(store.folder, tmp_path / "k.tar")
    assert store.keys([gone, kept, later]) == {gone: None, kept: made[kept], later: made[later]}
    assert keys.erased(store.folder) == {str(gone)}


def test_a_ledger_of_the_backup_is_added_and_obeyed(tmp_path: Path, store: KeyStore) -> None:
    gone, other = uuid4(), uuid4()
    store.make([gone])
    keys.save(store.folder, tmp_path / "old.tar")
    store.note(Erasure(gone, "2026-11-27", 1, "request"))
    store.destroy([gone])
    keys.save(store.folder, tmp_path / "new.tar")
    fresh = KeyStore(tmp_path / "fresh")
    keys.restore(fresh.folder, tmp_path / "old.tar")
    fresh.note(Erasure(other, "2026-11-28", 1, "request"))
    assert fresh.keys([gone])[gone] is not None
    keys.restore(fresh.folder, tmp_path / "new.tar")
    assert fresh.keys([gone]) == {gone: None}
    assert {one.person for one in fresh.erasures()} == {gone, other}


def test_keys_of_another_installation_are_refused(tmp_path: Path, store: KeyStore) -> None:
    store.make([uuid4()])
    keys.save(store.folder, tmp_path / "k.tar")
    other = KeyStore(tmp_path / "other")
    other.make([uuid4()])
    with pytest.raises(Stop, match="autre installation"):
        keys.restore(other.folder, tmp_path / "k.tar")


@pytest.mark.parametrize("content", [b"\x89PNG" * 500, b""])
def test_what_is_no_file_of_keys_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k.tar").write_bytes(content)
    with pytest.raises(Stop, match="sauvegarde de clés"):
        keys.restore(tmp_path / "keys", tmp_path / "k.tar")


def test_a_link_in_a_file_of_keys_refuses_it(tmp_path: Path) -> None:
    link = tarfile.TarInfo("persons.sqlite")
    link.type, link.linkname = tarfile.SYMTYPE, os.devnull
    with tarfile.open(tmp_path / "k.tar", "w") as archive:
        archive.addfile(link)
    with pytest.raises(Stop, match="interdit"):
        keys.restore(tmp_path / "keys", tmp_path / "k.tar")
