"""A database of its own for what must be committed: a clone of the test database, dropped at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections


def _close() -> None:
    for one in connections.all(initialized_only=True):
        one.close()


@contextmanager
def _elsewhere(name: str, role: str | None) -> Iterator[None]:
    """Let every new connection go to another database, under another role (None: the owner)."""
    settings: Any = connection.settings_dict
    before = (settings["NAME"], settings["OPTIONS"].get("assume_role"))
    _close()
    settings["NAME"], settings["OPTIONS"]["assume_role"] = name, role
    try:
        yield
    finally:
        _close()
        settings["NAME"], settings["OPTIONS"]["assume_role"] = before


@contextmanager
def cloned(suffix: str) -> Iterator[str]:
    """Make a clone of the test database; yield its name; drop it."""
    source = str(connection.settings_dict["NAME"])
    name = f"{source}_{suffix}"
    with _elsewhere("postgres", None), connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # a template may have no reader: a thread of an earlier test may have left its connection there
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND state = 'idle'",
            [source],
        )
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        with _elsewhere("postgres", None), connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def living_in(name: str) -> Iterator[None]:
    """Let every connection go to this database as the web role."""
    with _elsewhere(name, "clausette_app"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            assert cursor.fetchone() == ("clausette_app", name)
        yield
