"""Can this process serve a page now? Asked by the health page, in five queries at most; writes nothing."""

import logging
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

logger = logging.getLogger("clausette.kernel.readiness")

SAFE = """
    SELECT NOT (rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_catalog.pg_class c
        WHERE c.relrowsecurity AND pg_catalog.pg_has_role(current_user, c.relowner, 'MEMBER')))
    FROM pg_catalog.pg_roles WHERE rolname = current_user"""
# a table that has policies, where one of the two switches is off
POLICIES = """
    SELECT NOT EXISTS (
        SELECT FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
        WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity))
    AND EXISTS (SELECT FROM pg_catalog.pg_policy)"""


def _yes(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return bool(row and row[0])


@cache
def _written() -> frozenset[tuple[str, str]]:
    """Migrations of the code, read once for the life of the process; those replaced by a squash left out."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {})


def _migrated() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = set(cursor.fetchall())
    return _written() <= applied


def _writable(folder: Path) -> bool:
    place = folder if folder.exists() else folder.parent  # made by the first file handed in
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        good = check()
    except (DatabaseError, OSError):
        logger.exception("contrôle de santé « %s » en échec", name)
        return False
    if not good:
        logger.error("contrôle de santé « %s » : non", name)
    return good


def checks(files: Path) -> Mapping[str, bool]:
    """Return each check by its French name. `files`: the folder where stored files live."""
    return {
        name: _holds(name, check)
        for name, check in (
            ("base de données", lambda: _yes("SELECT true")),
            ("rôle de base de données", lambda: _yes(SAFE)),
            ("migrations", _migrated),
            ("cloisonnement", lambda: _yes(POLICIES)),
            ("dossier des fichiers", lambda: _writable(files)),
        )
    }
