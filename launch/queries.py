"""Ask a database something from outside Django, through `sql.py` in the environment's Python."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from launch.place import Place
from launch.processes import Command

Statement = tuple[str, list[Any]]
Rows = list[list[Any]]
SCRIPT = Path(__file__).with_name("sql.py")


class Refused(Exception):
    """PostgreSQL, or the way to it, refused. `sqlstate` is empty when there was no connection."""

    def __init__(self, message: str, sqlstate: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


def ask(place: Place, url: str, statements: Sequence[str | Statement]) -> list[Rows]:
    """Run statements one by one (autocommit) and return the rows of each.

    Raise Refused at the first error.
    """
    with _process(place) as process:
        answer, _ = process.communicate(_demand(url, statements, hold=False))
    return _read(answer)


@contextmanager
def hold(place: Place, url: str, statements: Sequence[str | Statement]) -> Iterator[list[Rows]]:
    """Rows of statements run in one repeatable-read transaction, which stays open until the end of the
    block.
    """
    with _process(place) as process:
        if process.stdin is None or process.stdout is None:
            raise Refused("no pipe", "")
        process.stdin.write(_demand(url, statements, hold=True))
        process.stdin.flush()
        try:
            yield _read(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait()


def identifier(name: str) -> str:
    """A name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text quoted for SQL, where a parameter is not allowed (CREATE ROLE)."""
    return "'" + text.replace("'", "''") + "'"


def _process(place: Place) -> subprocess.Popen[str]:
    command: Command = [place.python, "-I", SCRIPT]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _demand(url: str, statements: Sequence[str | Statement], *, hold: bool) -> str:
    pairs = [(statement, []) if isinstance(statement, str) else statement for statement in statements]
    return json.dumps({"url": url, "statements": pairs, "hold": hold}) + "\n"


def _read(answer: str) -> list[Rows]:
    if not answer.strip():
        raise Refused("psycopg could not be started", "")
    data = json.loads(answer)
    if isinstance(data, dict):
        raise Refused(data["error"], data["sqlstate"])
    rows: list[Rows] = data
    return rows
