"""What the database checks row by row, set aside while a world is poured and checked at once after it.

300,000 rows with a dozen foreign keys each are four million look-ups; the same keys, dropped then added again in the
same transaction, are each one join. Nothing is left out: what does not hold stops the whole pouring.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection

OVER = (
    "SELECT count(*) FROM (SELECT w.id FROM hours_workedmonth w JOIN hours_hoursline l ON l.worked_month_id = w.id"
    " WHERE l.state <> 'refused' AND l.kind <> 'before' GROUP BY w.id HAVING sum(l.hours) > w.hours) beyond"
)
"""What the trigger hours_line_within_worked says of each line, said of all."""
ROW_BY_ROW = {"hours_hoursline": "hours_line_within_worked"}
KEYS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[]) ORDER BY conrelid, conname"
)
INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
    " WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique AND NOT indisprimary ORDER BY indexrelid"
)


def _rows(sql: str, params: Collection[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())


@contextmanager
def set_aside(tables: Collection[str], run: Callable[[str], int]) -> Iterator[None]:
    """Take foreign keys, plain indexes and the sum of worked months off these tables; put all back, checked, after.

    In one transaction, which holds the tables: nobody else reads or writes them meanwhile. Raises IntegrityError.
    """
    run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait cannot be altered
    run("SET CONSTRAINTS ALL DEFERRED")
    run("SET LOCAL maintenance_work_mem = '256MB'")
    keys: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, name, definition in _rows(KEYS, [list(tables)]):
        keys[table].append((name, definition))
    indexes = _rows(INDEXES, [list(tables)])
    for table, held in keys.items():
        run(f"ALTER TABLE {table} {', '.join(f'DROP CONSTRAINT {name}' for name, _ in held)}")
    if indexes:
        run(f"DROP INDEX {', '.join(name for name, _ in indexes)}")
    for table, trigger in ROW_BY_ROW.items():
        run(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what lines declare is kept, and checked, beside them
    run("SET CONSTRAINTS ALL DEFERRED")
    for _, definition in indexes:
        run(definition)
    for table, held in keys.items():
        added = ", ".join(f"ADD CONSTRAINT {name} {definition}" for name, definition in held)
        run(f"ALTER TABLE {table} {added}")
    for table, trigger in ROW_BY_ROW.items():
        run(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    if (beyond := _rows(OVER)[0][0]) > 0:
        raise IntegrityError(f"{beyond} worked months hold less than their lines")
