"""Readings of what is personal: noted while the page is made, written before it is given.

A page runs in a read-only transaction; what it read is written just after, by one database function that checks
the rights again. If that fails, the page is refused. (docs/adr/0002-readings-after-the-page.md)
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection
from django.http import HttpRequest

from clausette.journal.enums import ReadingKind

_noted: WeakKeyDictionary[HttpRequest, dict[str, dict[UUID, None]]] = WeakKeyDictionary()


def note_reading(request: HttpRequest, kind: ReadingKind, uids: Iterable[UUID]) -> None:
    """Note that the answer to this request shows something personal about these objects."""
    kinds = _noted.setdefault(request, defaultdict(dict))
    kinds[kind.value].update(dict.fromkeys(uids))


def write_readings(request: HttpRequest, ticket: str, slug: str) -> int:
    """Write what was noted for this request, under the rights of the ticket; return how many lines.

    Called by the door after the page's transaction and before the answer leaves. Raises DatabaseError: refuse then.
    """
    written = 0
    with connection.cursor() as cursor:
        for kind, uids in _noted.pop(request, {}).items():
            if not uids:
                continue
            cursor.execute(
                "SELECT sec.record_readings(%s, %s, %s, %s::uuid[])", [ticket, slug, kind, list(uids)]
            )
            written += len(uids)
    return written
