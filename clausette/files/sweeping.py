"""Bytes whose transaction was rolled back: on disk, under their hash, with no row. Nobody can read them; they go, and
so does what was read of a file whose bytes have no row, or no row any more.

Never a row without its bytes: bytes go only when they are old and no row of any organisation points to them. A row
being written at that moment has just made its bytes young again (`storage.write`).
"""

from dataclasses import dataclass
from datetime import datetime

from clausette.files import readings, storage
from clausette.files.queries import unclaimed

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Swept:
    """What was taken off the disk (or would be): how many files with no row, cut drafts, and bytes in all."""

    orphans: int = 0
    drafts: int = 0
    size: int = 0
    stranger: bool = False
    """No file of the disk is known of this database: it is not its own, nothing was touched."""


def sweep(*, before: datetime, pretend: bool = False) -> Swept:
    """Take off the disk what has no row and was written before that instant. `pretend`: only count."""
    old = storage.objects_before(before)
    orphans = _orphans(old)
    if len(orphans) == len(old) > 1:
        return Swept(stranger=True)
    act = storage.size_if_old if pretend else storage.discard
    freed = [size for digest in orphans if (size := act(digest, before))]
    drafts = storage.drafts_before(before)
    if not pretend:
        for draft in drafts:
            draft.unlink(missing_ok=True)
        for digest in _orphans(readings.before(before)):
            readings.drop(digest)
    return Swept(len(freed), len(drafts), sum(freed))


def _orphans(digests: list[str]) -> list[str]:
    parts = (digests[start : start + AT_ONCE] for start in range(0, len(digests), AT_ONCE))
    return [digest for part in parts for digest in unclaimed(part)]
