"""What a room read of a stored file, kept beside it so that the file is not opened again: sealed with a key of its own,
under the hash of the file. It says what the file says, so it goes when the file goes; nothing rests on it.
"""

from datetime import datetime
from pathlib import Path

from clausette.files import storage
from clausette.files.errors import BytesGone

KEY = b"clausette readings"


def path_of(digest: str) -> Path:
    """Where the reading of the file of this hash is, or would be."""
    return storage.folder() / "readings" / digest


def put(digest: str, reading: bytes) -> None:
    """Keep the reading of a file; on return it is on the disk itself."""
    storage.place(path_of(digest), storage.seal(digest, reading, KEY))


def take(digest: str) -> bytes | None:
    """Return the reading of a file; None when there is none, when it is damaged, or of another file."""
    try:
        sealed = path_of(digest).read_bytes()
        return storage.unseal(digest, sealed, KEY) if sealed.startswith(storage.SEALED) else None
    except (OSError, ValueError, BytesGone):
        return None


def drop(digest: str) -> None:
    """Take the reading of a file off the disk."""
    path_of(digest).unlink(missing_ok=True)


def before(instant: datetime) -> list[str]:
    """The hashes of the files whose reading was written before that instant; cut drafts by their name."""
    found = path_of("any").parent.glob("*")
    return sorted(path.name for path in found if storage.age(path) < instant.timestamp())
