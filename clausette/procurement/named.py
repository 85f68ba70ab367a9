"""Who was named to declare for a firm and does not any more: counted, forgotten. Worker role."""

from datetime import date

from django.db import connection

from clausette.kernel.operation import isolated, writing


def named_to_forget(*, as_of: date, months: int) -> int:
    """Return how many deposits and mandates, ended and unused for so many months, still hold a name or an address."""
    return _asked("SELECT count(*) FROM sec.named_to_forget(%s, %s)", as_of, months)


def forget_named(*, as_of: date, months: int) -> int:
    """Take these names and addresses away, in a transaction of its own; return how many."""
    with isolated(), writing("procurement.named"):
        return _asked("SELECT sec.forget_named(%s, %s)", as_of, months)


def _asked(sql: str, as_of: date, months: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_of, months])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
