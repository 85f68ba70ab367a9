"""Every connection takes the web role; tripwires on what must never happen.

Proof that it matters: most isolation tests pass as superuser. The assertion of `hats_on` is what makes them true.
"""

import gc
import random
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.template.base import Template
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck, settings
from psycopg._preparing import PrepareManager

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.writing import refuse_stray_writes
from tests import hats
from tests.isolation.summary import LINES
from tests.shares import ByGroup, longest_first

CLOCK = f"""
CREATE OR REPLACE FUNCTION sec.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT coalesce(nullif(current_setting('test.today', true), '')::date,
                  DATE '{hats.TODAY}') $$;
CREATE OR REPLACE FUNCTION sec.now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT (sec.today() + time '10:00') AT TIME ZONE 'Europe/Paris' $$;
REVOKE EXECUTE ON FUNCTION sec.today(), sec.now() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.today(), sec.now() TO clausette_app;
"""
RENDER = Template._render  # type: ignore[attr-defined]  # without the signals of Django's test client
DISCARD = PrepareManager._should_discard
KEPT = ("django_migrations", "django_content_type", "auth_permission")


def _truncate(self: TransactionTestCase) -> None:
    """In place of Django's flush: as owner, and without losing the reference written by migrations."""
    with hats.as_owner():
        _empty()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        names = [row[0] for row in cursor.fetchall()]
        gone = [name for name in names if name not in KEPT and not name.startswith("reference_")]
        cursor.execute(f"TRUNCATE {', '.join(gone)} CASCADE")


# a busy machine makes no rule wrong: what is tested is the answer, never how long it takes
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.hookimpl(trylast=True)  # after the shuffle
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """See `shares`."""
    longest_first(items)


def pytest_collection_finish() -> None:
    """What was loaded stays: the collector looks no more at a million objects that nothing will free."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """In the process that shares the work: by groups."""
    return ByGroup(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a process among several: hand the counts over to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["isolation"] = list(LINES)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """In the process that prints: take the counts of a process that ends."""
    LINES.extend(getattr(node, "workeroutput", {}).get("isolation", ()))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say the counts, whatever the verbosity."""
    for section in dict.fromkeys(section for section, _ in LINES):
        terminalreporter.section(section)
        for line in [line for of, line in LINES if of == section]:
            terminalreporter.write_line(line)


def _discard_after_ddl(self: PrepareManager, prep: Any, results: Sequence[Any]) -> bool:
    """Keep the prepared queries when a savepoint is rolled back: a test lives in one, a page of the web does not."""
    return DISCARD(self, prep, [one for one in results if one.command_status != b"ROLLBACK"])


@pytest.fixture(scope="session", autouse=True)
def plain_speed(django_test_environment: None) -> None:
    """No copy of the context of each template rendered (nobody looks at them); queries planned once."""
    setattr(Template, "_render", RENDER)  # noqa: B010  # what Django's test environment replaced
    setattr(PrepareManager, "_should_discard", _discard_after_ddl)  # noqa: B010  # psycopg has no door for it
    setattr(PrepareManager, "prepared_max", 1500)  # noqa: B010  # as above


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Made and migrated by the owner; then the web role for all, and a clock that tests can set.

    Made whichever tests are asked: a file whose only database is a fixture of its folder carries no mark of one.
    """
    verbosity = request.config.option.verbose
    kept = django_db_keepdb and not django_db_createdb
    setattr(TransactionTestCase, "_fixture_teardown", _truncate)  # noqa: B010  # mypy refuses a method assigned
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=verbosity, interactive=False, aliases={DEFAULT_DB_ALIAS: True}, serialized_aliases=set(),
            keepdb=kept,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(CLOCK)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["OPTIONS"]["assume_role"] = "clausette_app"
    yield
    with django_db_blocker.unblock():  # dropping the database is the owner's again
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["OPTIONS"].pop("assume_role")
        with connection.cursor() as cursor:  # a thread of a test may have left its connection there
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        connection.close()
        if not django_db_keepdb:
            teardown_databases(made, verbosity=verbosity)


def _uses_database(request: pytest.FixtureRequest) -> str:
    marker = request.node.get_closest_marker("django_db")
    names = request.fixturenames
    if "transactional_db" in names or "live_server" in names or (marker and marker.kwargs.get("transaction")):
        return "transactional_db"
    return "db" if marker or "db" in names else ""


@pytest.fixture(autouse=True)
def hats_on(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse a database test that does not run under the web role and its policies; guard the writes."""
    kind = _uses_database(request)
    if not kind:
        yield
        return
    request.getfixturevalue(kind)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, row_security_active('access_organisation'), rolsuper OR rolbypassrls "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("clausette_app", True, False), "tests must run as the web role"
    connection.execute_wrappers.append(refuse_stray_writes)
    try:
        yield
    finally:
        connection.execute_wrappers.remove(refuse_stray_writes)


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    """Every test lives on the same Monday, at ten."""
    with clock.pretending(hats.noon(hats.TODAY)):
        yield


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test speaks to another machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise OSError(f"network closed in tests: {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True)
def shuffled_querysets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query without order comes back in any order: PostgreSQL may do it one day."""
    fetch: Callable[[QuerySet[Any]], None] = QuerySet._fetch_all

    def fetch_and_shuffle(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and self._result_cache and not self.ordered and not self.query.is_sliced:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)


@pytest.fixture
def as_owner() -> Callable[[], AbstractContextManager[None]]:
    """See `hats.as_owner`."""
    return hats.as_owner


@pytest.fixture
def acting() -> Callable[[Actor | tuple[int, int]], AbstractContextManager[Actor]]:
    """See `hats.acting`."""
    return hats.acting


@pytest.fixture
def on_day() -> Callable[[date], AbstractContextManager[None]]:
    """See `hats.on_day`."""
    return hats.on_day
