"""Accounts that nobody uses any more: counted, told, closed. Worker role, inside a transaction of its own."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from clausette.kernel.operation import isolated, writing
from clausette.kernel.queue import enqueue


@dataclass(frozen=True, slots=True)
class Idle:
    """How many accounts are to be closed, how many are told or to be told."""

    due: int
    announced: int


def idle_accounts(*, as_of: date, months: int, notice_days: int) -> Idle:
    """Count; one whom no mail has told long enough is not due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE closes), count(*) FILTER (WHERE NOT coalesce(closes, false)) "
            "FROM (SELECT kept_until < %s AND told_on + %s <= %s AS closes FROM sec.idle_accounts(%s, %s, %s)) AS i",
            [as_of, notice_days, as_of, as_of, months, notice_days],
        )
        return Idle(*cursor.fetchone())


def close_idle(*, as_of: date, months: int, notice_days: int) -> int:
    """Close who was told and did not come back, tell the next ones by mail; return how many were closed."""
    with isolated(), writing("access.idle"), connection.cursor() as cursor:
        cursor.execute("SELECT sec.close_idle(%s, %s, %s)", [as_of, months, notice_days])
        closed = int(cursor.fetchone()[0])
        cursor.execute("SELECT sec.tell_idle(%s, %s, %s)", [as_of, months, notice_days])
        for (account,) in cursor.fetchall():
            enqueue("access.mail_idle", account=account, days=notice_days)
    return closed
