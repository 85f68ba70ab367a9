"""Bytes on disk, under their hash: written whole and flushed before anything points to them, never changed.

They lie sealed (AES-256-GCM) with a key drawn from the master key of the installation, kept with the keys of persons:
who takes the disk alone reads nothing. Files written before are read as they are.

Bytes whose transaction was rolled back have no row: they are taken off once old. Who writes and who takes off hold
one lock, so that bytes asked for again are either made young first, or written again.
"""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from clausette.files.errors import BytesGone
from clausette.kernel.sealing import keystore

DRAFT = ".draft-"
SEALED = b"\x00CLS1"  # head of a sealed file: no type that is taken begins so
STORED = b"clausette stored files"  # what a key is drawn for
NONCE, TAG = 12, 16
OVERHEAD = len(SEALED) + NONCE + TAG  # bytes more than the file itself
_DIGEST = re.compile(r"[0-9a-f]{64}")


def hash_of(data: bytes) -> str:
    """SHA-256 in hexadecimal: the name of the bytes."""
    return sha256(data).hexdigest()


def folder() -> Path:
    """The folder of all bytes."""
    return Path(settings.STATE) / "files"


def path_of(digest: str) -> Path:
    """Where the bytes of this hash are, or would be."""
    return folder() / digest[:2] / digest


def write(data: bytes) -> str:
    """Write the bytes if they are not there yet; return their hash. On return they are on the disk itself."""
    digest = hash_of(data)
    target, sealed = path_of(digest), seal(digest, data)
    with _held(fcntl.LOCK_SH):
        if _holds(target, len(sealed)):
            os.utime(target)  # young again: the row that will point to it is not written yet
            return digest
    place(target, sealed)
    return digest


def place(target: Path, sealed: bytes) -> None:
    """Put bytes whole under their name: on return they are on the disk itself."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=DRAFT)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def read(digest: str) -> bytes:
    """Return the bytes of this hash. Raises BytesGone when they are not there or are not the same."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as exc:
        raise BytesGone(digest) from exc
    if data.startswith(SEALED):
        data = unseal(digest, data)
    if hash_of(data) != digest:
        raise BytesGone(digest)
    return data


def _box(purpose: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=purpose).derive(keystore().master()))


def seal(name: str, data: bytes, purpose: bytes = STORED) -> bytes:
    """Bytes sealed under a name, with the key of this purpose."""
    nonce = os.urandom(NONCE)
    return SEALED + nonce + _box(purpose).encrypt(nonce, data, SEALED + name.encode())


def unseal(name: str, sealed: bytes, purpose: bytes = STORED) -> bytes:
    """The bytes sealed under this name. Raises BytesGone."""
    nonce, rest = sealed[len(SEALED) : len(SEALED) + NONCE], sealed[len(SEALED) + NONCE :]
    try:
        return _box(purpose).decrypt(nonce, rest, SEALED + name.encode())
    except InvalidTag as exc:
        raise BytesGone(name) from exc


def _holds(target: Path, size: int) -> bool:
    try:
        return target.stat().st_size == size
    except OSError:
        return False


def _flush_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- what no row points to -------------------------------------------------------------------------------------------


def objects_before(instant: datetime) -> list[str]:
    """The hashes of the bytes written, or asked for again, before that instant."""
    found = (path for path in folder().glob("??/*") if _DIGEST.fullmatch(path.name))
    return sorted(path.name for path in found if age(path) < instant.timestamp())


def drafts_before(instant: datetime) -> list[Path]:
    """The drafts that a process killed in the middle of a writing left before that instant."""
    return [path for path in folder().glob(f"??/{DRAFT}*") if age(path) < instant.timestamp()]


def size_if_old(digest: str, instant: datetime) -> int:
    """The size of bytes still older than that instant; 0 when they are not."""
    path = path_of(digest)
    return path.stat().st_size if age(path) < instant.timestamp() else 0


def discard(digest: str, instant: datetime) -> int:
    """Take bytes off the disk if they are still older than that instant; return their size, 0 when they stay."""
    with _held(fcntl.LOCK_EX):
        size = size_if_old(digest, instant)
        if size:
            path_of(digest).unlink()
    return size


def age(path: Path) -> float:
    """The instant at which a file was last written, in seconds; infinity when it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")  # gone meanwhile


@contextmanager
def _held(how: int) -> Iterator[None]:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)  # lets go
