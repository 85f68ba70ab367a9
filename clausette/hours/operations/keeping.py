"""Keeping readings of progress. No verb and no journal line: nothing is decided, the same is read again tomorrow."""

from datetime import date

from django.db import connection

from clausette.hours.queries.kept import RULES, readings_to_keep
from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing


def structures_to_read() -> list[tuple[int, int]]:
    """Return (account, organisation) of the structures with readings to make again: the worker only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id, organisation_id FROM sec.progress_to_keep(%s)", [RULES])
        return [(account, organisation) for account, organisation in cursor.fetchall()]


def keep_progress(*, actor: Actor, as_of: date) -> int:
    """Read again what is stale on the contracts that the structure holds, and keep it; return how many."""
    made = readings_to_keep(actor=actor, as_of=as_of)
    if not made.readings and not made.marks:
        return 0
    with writing("hours.keep_progress"), connection.cursor() as cursor:
        columns = [list(column) for column in zip(*made.readings, strict=True)] or [[], [], [], []]
        cursor.execute(
            "SELECT sec.keep_progress(%s, %s, %s, %s, %s, %s, %s)", [made.as_of, made.rules, *columns, list(made.marks)]
        )
        return int(cursor.fetchone()[0])


def keep_hours() -> int:
    """Bring the readings of today up to date with the hours just written, in the same transaction; return how many.

    Of all that is marked on the contracts of who acts: sums made by the database, by set. What it leaves (something
    else than hours was written, or somebody else is keeping it) stays stale: the worker reads it again.
    """
    with writing("hours.keep_progress"), connection.cursor() as cursor:
        cursor.execute("SELECT sec.keep_hours(%s)", [RULES])
        return int(cursor.fetchone()[0])
