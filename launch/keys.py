"""Keys of persons: saved apart from the base, put back without ever bringing an erased person back (ADR 0015).

The launcher reads no key: it copies wrapped ones, and never takes a ledger of erasures away.
"""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from uuid import UUID

from launch.archive import unpack
from launch.place import Place
from launch.speech import Stop, sentence_of

STORE, MASTER, LEDGER = "persons.sqlite", "master.key", "erasures.jsonl"


def folder(place: Place, environ: Mapping[str, str]) -> Path:
    """Where the keys are: `CLAUSETTE_KEYS`, else `keys/` in the state."""
    given = environ.get("CLAUSETTE_KEYS", "").strip()
    return Path(given).expanduser().absolute() if given else place.state / "keys"


def beside(archive: Path) -> Path:
    """The file of keys that goes with an archive: « lundi.tar » and « lundi.cles.tar »."""
    return archive.with_name(f"{archive.name.removesuffix('.tar')}.cles.tar")


def held(store: Path) -> bool:
    """Whether there are keys here."""
    return (store / STORE).is_file()


def erased(store: Path) -> set[str]:
    """The numbers of the persons in the ledger."""
    try:
        lines = (store / LEDGER).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {number for line in lines if (number := _person(line))}


def alive(store: Path) -> set[str]:
    """The numbers of those who have a key."""
    if not held(store):
        return set()
    with closing(sqlite3.connect(store / STORE, timeout=20)) as base:
        rows = base.execute("SELECT person FROM person_key WHERE wrapped IS NOT NULL")
        return {str(UUID(bytes=row[0])) for row in rows}


def _person(line: str) -> str:
    try:
        return str(UUID(json.loads(line)["person"]))
    except (ValueError, KeyError, TypeError):
        return ""


def save(store: Path, target: Path) -> bool:
    """Write the keys in a file of owner-only rights; False when there is none yet. Raise Stop when it fails."""
    if not held(store):
        return False
    try:
        with tempfile.TemporaryDirectory(prefix=".cles-", dir=store) as work:
            copy = Path(work) / STORE
            with closing(sqlite3.connect(store / STORE)) as base, closing(sqlite3.connect(copy)) as other:
                base.backup(other)
            with (
                os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
                tarfile.open(fileobj=file, mode="w") as archive,
            ):
                archive.add(copy, STORE)
                for name in (MASTER, LEDGER):
                    if (store / name).is_file():
                        archive.add(store / name, name)
    except (OSError, sqlite3.Error) as error:
        raise Stop(f"Les clés n'ont pas pu être sauvegardées : {error}") from error
    return True


def restore(store: Path, source: Path) -> None:
    """Add the keys of a file to those here: none is replaced, a destroyed one stays destroyed. Raise Stop."""
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".cles-", dir=store) as work, tarfile.open(source) as archive:
            unpack(archive, Path(work))
            if not held(Path(work)):
                raise Stop(f"{source} n'est pas une sauvegarde de clés.")
            _merge(store, Path(work))
    except OSError as error:
        raise Stop(sentence_of(error)) from error
    except (tarfile.TarError, sqlite3.Error) as error:
        raise Stop(f"{source} n'est pas une sauvegarde de clés, ou elle est abîmée.") from error


def _merge(store: Path, found: Path) -> None:
    masters = [path.read_text() if path.is_file() else "" for path in (store / MASTER, found / MASTER)]
    if held(store) and masters[0] != masters[1]:
        raise Stop(f"Ces clés viennent d'une autre installation : écartez d'abord {store}, puis relancez.")
    if masters[1] and not masters[0]:
        _write(store / MASTER, masters[1])
    _add_to_ledger(store, found)
    if not held(store):
        (found / STORE).rename(store / STORE)
        (store / STORE).chmod(0o600)
    gone = [(UUID(number).bytes,) for number in sorted(erased(store))]
    with closing(sqlite3.connect(store / STORE, timeout=20)) as base:
        base.execute("PRAGMA secure_delete=ON")
        if (found / STORE).exists():
            base.execute("ATTACH ? AS saved", [str(found / STORE)])
            with base:
                base.execute("INSERT OR IGNORE INTO person_key SELECT * FROM saved.person_key")
                base.execute(
                    "UPDATE person_key SET wrapped = NULL"
                    " WHERE person IN (SELECT person FROM saved.person_key WHERE wrapped IS NULL)"
                )
        with base:
            base.executemany("UPDATE person_key SET wrapped = NULL WHERE person = ?", gone)
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _add_to_ledger(store: Path, found: Path) -> None:
    known, added = erased(store), io.StringIO()
    if (found / LEDGER).is_file():
        for line in (found / LEDGER).read_text(encoding="utf-8").splitlines():
            if (number := _person(line)) and number not in known:
                known.add(number)
                added.write(line + "\n")
    if added.getvalue():
        with os.fdopen(os.open(store / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
            file.write("\n" + added.getvalue())


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
