"""Bytes that no antivirus has looked at yet: apart from stored files, sealed with a key of their own, under the number
of their row. No page reads them; the worker does, and takes them away.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from clausette.files import storage
from clausette.files.errors import BytesGone

KEY = b"clausette quarantine"


def _folder() -> Path:
    return storage.folder() / "quarantine"


def put(uid: UUID, data: bytes) -> None:
    """Keep the bytes of a row; on return they are on the disk itself."""
    storage.place(_folder() / str(uid), storage.seal(str(uid), data, KEY))


def take(uid: UUID) -> bytes:
    """Return the bytes of a row. Raises BytesGone."""
    try:
        sealed = (_folder() / str(uid)).read_bytes()
    except OSError as exc:
        raise BytesGone(str(uid)) from exc
    return storage.unseal(str(uid), sealed, KEY)


def drop(uid: UUID) -> None:
    """Take the bytes of a row off the disk."""
    (_folder() / str(uid)).unlink(missing_ok=True)


def drop_before(instant: datetime) -> int:
    """Take off the disk what was left by a transaction undone, or a process killed; return how many."""
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < instant.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
