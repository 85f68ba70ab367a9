"""Keys of persons, outside the database: one SQLite file in a folder of owner-only rights (ADR 0015).

Each data key is wrapped by a master key. A destroyed key leaves its person's number behind, so that no new key can be
made for them. The erasure ledger is a file beside, one line of JSON per erasure, written before the key is destroyed.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32  # bytes of a key: AES-256
NONCE = 12
BUSY = 20  # seconds to wait for another process that writes
AT_ONCE = 500  # numbers in one question: SQLite has a limit of parameters
SCHEMA = (
    "CREATE TABLE IF NOT EXISTS person_key ("
    " person BLOB PRIMARY KEY, wrapped BLOB, made INTEGER NOT NULL DEFAULT (strftime('%s', 'now'))) WITHOUT ROWID"
)


class KeyMissing(Exception):
    """The key of a person is not in the store at hand."""


class KeyDestroyed(KeyMissing):
    """The person was erased: their key is gone for good."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the ledger: whom (a number), when, by whom (a number, None for the operator), why. No name."""

    person: UUID
    on: str
    account: int | None
    reason: str


class KeyStore:
    """The keys and the ledger of one folder. Opened for each call: safe with several processes and threads."""

    def __init__(self, folder: Path, master: bytes | None = None) -> None:
        """`master`: the key that wraps the others; else it is read in the folder, made there the first time."""
        self.folder = folder
        self._given = master

    # --- keys ---------------------------------------------------------------------------------------------

    def keys(self, persons: Iterable[UUID]) -> dict[UUID, bytes | None]:
        """Return the keys of these persons; None for those destroyed; those without key are left out."""
        asked = list(dict.fromkeys(persons))
        if not asked or not self._path.exists():
            return {}
        with self._opened() as base:
            return self._read(base, asked)

    def make(self, persons: Iterable[UUID]) -> dict[UUID, bytes]:
        """Return the keys of these persons, made where there was none. Raises KeyDestroyed for somebody erased."""
        asked = list(dict.fromkeys(persons))
        with self._opened() as base:
            found = self._read(base, asked)
            absent = [person for person in asked if person not in found]
            if absent:
                wrapped = [(one.bytes, self._wrap(one, os.urandom(KEY))) for one in absent]
                with base:
                    base.executemany("INSERT OR IGNORE INTO person_key (person, wrapped) VALUES (?, ?)", wrapped)
                found |= self._read(base, absent)  # another process may have been first
        gone = next((person for person in asked if found[person] is None), None)
        if gone is not None:
            raise KeyDestroyed(str(gone))
        return {person: key for person, key in found.items() if key is not None}

    def destroy(self, persons: Collection[UUID]) -> None:
        """Destroy keys for good: on the disk when this returns, and no new one can be made."""
        with self._opened() as base:
            with base:
                base.executemany(
                    "INSERT INTO person_key (person, wrapped) VALUES (?, NULL)"
                    " ON CONFLICT (person) DO UPDATE SET wrapped = NULL",
                    [(person.bytes,) for person in persons],
                )
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def held(self, *, days: int = 0) -> set[UUID]:
        """Return the persons who have a key, made at least `days` days ago."""
        if not self._path.exists():
            return set()
        with self._opened() as base:
            old = "wrapped IS NOT NULL AND made <= strftime('%s', 'now') - ? * 86400"
            rows = base.execute(f"SELECT person FROM person_key WHERE {old}", [days])
            return {UUID(bytes=row[0]) for row in rows}

    def discard(self, persons: Collection[UUID]) -> None:
        """Take away keys of persons who were never written: the remains of transactions rolled back."""
        with self._opened() as base, base:
            base.executemany("DELETE FROM person_key WHERE person = ?", [(one.bytes,) for one in persons])

    # --- ledger -------------------------------------------------------------------------------------------

    def note(self, erasure: Erasure) -> None:
        """Append one erasure to the ledger, on the disk when this returns."""
        self._demand_folder()
        line = json.dumps(asdict(erasure) | {"person": str(erasure.person)}, ensure_ascii=False) + "\n"
        descriptor = os.open(self._ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._closing_line() + line.encode())
            file.flush()
            os.fsync(file.fileno())

    def _closing_line(self) -> bytes:
        """What ends a line that a crash cut, so that the next one can be read."""
        with self._ledger.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return b""
            file.seek(-1, os.SEEK_END)
            return b"" if file.read(1) == b"\n" else b"\n"

    def erasures(self) -> list[Erasure]:
        """Return the ledger, the first of each person; a line cut by a crash is not one."""
        if not self._ledger.exists():
            return []
        found: dict[UUID, Erasure] = {}
        for line in self._ledger.read_text(encoding="utf-8").splitlines():
            said = _line(line)
            if said is not None:
                found.setdefault(said.person, said)
        return list(found.values())

    # --- inside -------------------------------------------------------------------------------------------

    @property
    def _path(self) -> Path:
        return self.folder / "persons.sqlite"

    @property
    def _ledger(self) -> Path:
        return self.folder / "erasures.jsonl"

    def _demand_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._demand_folder()
        if not self._path.exists():
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(self._path, timeout=BUSY)) as base:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=FULL")
            base.execute("PRAGMA secure_delete=ON")
            base.execute(SCHEMA)
            yield base

    def _read(self, base: sqlite3.Connection, persons: list[UUID]) -> dict[UUID, bytes | None]:
        found: dict[UUID, bytes | None] = {}
        for start in range(0, len(persons), AT_ONCE):
            some = [person.bytes for person in persons[start : start + AT_ONCE]]
            marks = ",".join("?" * len(some))
            rows = base.execute(f"SELECT person, wrapped FROM person_key WHERE person IN ({marks})", some)
            for number, wrapped in rows:
                person = UUID(bytes=number)
                found[person] = self._unwrap(person, wrapped) if wrapped is not None else None
        return found

    def _wrap(self, person: UUID, key: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self._master()).encrypt(nonce, key, b"person key|" + person.bytes)

    def _unwrap(self, person: UUID, wrapped: bytes) -> bytes:
        box = AESGCM(self._master())
        try:
            return box.decrypt(wrapped[:NONCE], wrapped[NONCE:], b"person key|" + person.bytes)
        except InvalidTag as exc:
            raise KeyMissing(f"{person}: wrapped by another master key") from exc

    def master(self) -> bytes:
        """The master key, from which others are drawn (files at rest); made in the folder the first time."""
        if self._given is None and not self._path.exists():
            with self._opened():
                pass  # a folder with a store: backups of keys then take it, even before any person has a key
        return self._master()

    def _master(self) -> bytes:
        if self._given is None:
            self._given = _master_of(self.folder / "master.key")
        return self._given


def _master_of(path: Path) -> bytes:
    """The master key of a folder, made at first use, readable by its owner only."""
    if not path.exists():
        draft = path.with_name(f".master-{os.getpid()}-{os.urandom(4).hex()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(os.urandom(KEY).hex())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # the first process wins, the others read its key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _line(text: str) -> Erasure | None:
    try:
        said: Mapping[str, Any] = json.loads(text)
        return Erasure(UUID(said["person"]), str(said["on"]), said["account"], str(said["reason"]))
    except (ValueError, KeyError, TypeError):
        return None
