"""One transaction whose first statements open the rights; they end with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def transaction_for(
    opening: str, *values: str | int | None, read_only: bool = False
) -> Iterator[tuple[object, ...] | None]:
    """Open a transaction, then the rights by `opening` (« SELECT * FROM sec.open(%s, %s) »); yield its first row.

    Read-only is held by PostgreSQL itself. The rights live in a signed transaction-local setting: nothing is left
    to the next request on the same connection. Raises what the database raises (SQLSTATE 28000: no such rights).
    """
    nested = connection.in_atomic_block  # in tests: a request inside the test's transaction
    with transaction.atomic(), connection.cursor() as cursor:
        if read_only:
            cursor.execute("SET TRANSACTION READ ONLY")  # in a savepoint it ends with the savepoint
        before = ""
        if nested:
            cursor.execute("SELECT current_setting('app.ctx', true)")
            before = (cursor.fetchone() or [""])[0] or ""
        cursor.execute(opening, values)
        opened = cursor.fetchone()
        yield opened  # an exception rolls back to the savepoint, which puts the setting back by itself
        if nested and not connection.needs_rollback:
            # else the rights of one request leak to the next one of the same test
            with connection.cursor() as last:
                last.execute("SELECT set_config('app.ctx', %s, true)", [before])
