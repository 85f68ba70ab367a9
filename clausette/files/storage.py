"""Bytes on disk, under their hash: written whole and flushed before anything points to them, never changed."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from clausette.files.errors import BytesGone


def hash_of(data: bytes) -> str:
    """SHA-256 in hexadecimal: the name of the bytes."""
    return sha256(data).hexdigest()


def path_of(digest: str) -> Path:
    """Where the bytes of this hash are, or would be."""
    return Path(settings.STATE) / "files" / digest[:2] / digest


def write(data: bytes) -> str:
    """Write the bytes if they are not there yet; return their hash. On return they are on the disk itself."""
    digest = hash_of(data)
    target = path_of(digest)
    if _holds(target, len(data)):
        return digest
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)
    return digest


def read(digest: str) -> bytes:
    """Return the bytes of this hash. Raises BytesGone when they are not there or are not the same."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as exc:
        raise BytesGone(digest) from exc
    if hash_of(data) != digest:
        raise BytesGone(digest)
    return data


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
