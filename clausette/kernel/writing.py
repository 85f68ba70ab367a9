"""« A write is allowed now »: said by operations, checked by the database back end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_writer: ContextVar[str | None] = ContextVar("writer", default=None)

# « ( »: union() begins with it. WITH is refused on purpose: a CTE can write.
READS = re.compile(
    r"[\s(]*(SELECT|SHOW|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|SET|RESET|DECLARE|FETCH|CLOSE)\b", re.IGNORECASE
)


class StrayWrite(Exception):
    """A write outside any operation: a fault of the program, never of the person."""


def current_writer() -> str | None:
    """Return the name of what is writing now, None when nothing may."""
    return _writer.get()


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Allow writes inside the block, in the name of an operation or of a named exception (« access.login »)."""
    token = _writer.set(name)
    try:
        yield
    finally:
        _writer.reset(token)


def refuse_stray_writes(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Execute wrapper of the back end: let reads through, and writes only inside `writing`."""
    if _writer.get() is None and not READS.match(str(sql)):
        raise StrayWrite(str(sql)[:120])
    return execute(sql, params, many, context)
