"""Readings of what is personal: noted while the page is made, written before it is given.

A page runs in a read-only transaction; what it read is written just after, by one database function that checks
the rights again. If that fails, the page is refused. (docs/adr/0002-readings-after-the-page.md)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection
from django.http import HttpRequest

from clausette.journal.enums import PERSONS, ReadingKind
from clausette.journal.flow import Counts

_noted: WeakKeyDictionary[HttpRequest, dict[str, dict[UUID, None]]] = WeakKeyDictionary()


def note_reading(request: HttpRequest, kind: ReadingKind, uids: Iterable[UUID]) -> None:
    """Note that the answer to this request shows something personal about these objects."""
    kinds = _noted.setdefault(request, defaultdict(dict))
    kinds[kind.value].update(dict.fromkeys(uids))


def noted(request: HttpRequest) -> list[UUID]:
    """Return the persons that the answer shows, each once; pieces and files are no persons."""
    kinds = _noted.get(request, {})
    return list({uid: None for kind in PERSONS for uid in kinds.get(kind.value, ())})


def forget_noted(request: HttpRequest) -> None:
    """The answer is not given: nothing was read."""
    _noted.pop(request, None)


def flow_of(ticket: str, slug: str, uids: Sequence[UUID], since: datetime | None) -> tuple[Counts, int | None]:
    """Return how many distinct persons the account opened, before and with these; and the threshold of its structure.

    `since`: the last second factor given again, from which the hour is counted anew. One indexed query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.reading_flow(%s, %s, %s::uuid[], %s)", [ticket, slug, list(uids), since])
        hour_before, hour, day_before, day, oldest, own = cursor.fetchone() or (0, 0, 0, 0, None, None)
    return Counts(hour_before, hour, day_before, day, oldest), own


def write_alert(ticket: str, slug: str, level: str, counts: Counts, uids: Sequence[UUID]) -> list[UUID]:
    """Write that an account opened many persons; return the alerts to send, none when they were told this hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.alert_readings(%s, %s, %s, %s, %s, %s::uuid[])",
            [ticket, slug, level, counts.hour, counts.day, list(uids)],
        )
        return [uid for (uid,) in cursor.fetchall()]


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
