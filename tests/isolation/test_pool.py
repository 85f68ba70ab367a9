"""Threads, persistent connections, faults of every kind: an answer never holds a row of somebody else.

Real transactions on a committed database: what a pool of web threads lives. Each thread changes browser at each
answer, so that every connection serves everybody; one answer in three is a fault.
"""

import random
from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, close_old_connections, connection, transaction

from clausette.access.errors import SecondFactorMissing
from clausette.access.rights import page_rights
from clausette.kernel import clock
from clausette.kernel.errors import Absent
from clausette.participants.queries.visibility import participants_visible_to
from clausette.procurement.queries import contracts_visible_to
from tests import hats
from tests.isolation.principals import Principal
from tests.isolation.summary import say
from tests.isolation.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THREADS, TURNS = 12, 180
FAULTY = 3


READS: dict[str, Callable[[Any], Any]] = {
    "procurement_contract": contracts_visible_to,
    "participants_participant": participants_visible_to,
}


class Abort(Exception):
    """The client left."""


def _raise(actor: Any) -> None:
    raise Abort


def _wrong_sql(actor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def _broken_savepoint(actor: Any) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM procurement_contract")
    except DatabaseError:
        return


def _too_long(actor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 5")
        cursor.execute("SELECT pg_sleep(1)")


def _cut(actor: Any) -> None:
    """The connection itself dies in the middle."""
    connection.connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


FAULTS: tuple[Callable[[Any], None], ...] = (_raise, _wrong_sql, _broken_savepoint, _too_long, _cut)


def _rows() -> set[tuple[str, Any]]:
    found: set[tuple[str, Any]] = set()
    with connection.cursor() as cursor:
        for table in (
            "procurement_contract",
            "participants_participant",
            "hours_hoursline",
            "files_storedfile",
        ):
            cursor.execute(f"SELECT id FROM {table}")
            found |= {(table, row[0]) for row in cursor.fetchall()}
    return found


class Crowd:
    """The threads and what they found."""

    def __init__(self, world: World, people: list[Principal]) -> None:
        self.world, self.people = world, people
        self.foreign: list[str] = []
        self.counts: Counter[str] = Counter()
        self.gate = Barrier(THREADS)

    def check(self, who: Principal, rows: set[tuple[str, Any]], how: str) -> None:
        """Compare what was read with what the world says."""
        rows_known = self.world.aviary.rows
        tables = {table for table, _ in rows}
        wanted = {key for key, one in rows_known.items() if who.org in one.seen_by and key[0] in tables}
        self.foreign += [f"{who.name} {how}: {key}" for key in rows - wanted]
        self.counts["answers"] += 1
        if rows != wanted:
            self.counts["incomplete"] += 1

    def turn(self, dice: random.Random) -> None:
        """One answer, perhaps faulty; then a look without rights on the same connection."""
        who = dice.choice(self.people)
        fault = dice.choice(FAULTS) if dice.random() < 1 / FAULTY else None
        try:
            with page_rights(who.cookie, who.slug, read_only=dice.random() < 0.7) as opened:
                if fault is not None:
                    self.counts["faults"] += 1
                    fault(opened.actor)
                rows = _rows()
                for table, read in READS.items():
                    rows |= {(table, pk) for pk in read(opened.actor).values_list("pk", flat=True)}
                self.check(who, rows, fault.__name__ if fault else "plain")
        except (Abort, Absent, SecondFactorMissing, DatabaseError):
            self.counts["aborted"] += 1
        self.outside()

    def outside(self) -> None:
        """Between two answers the connection has no rights at all."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM procurement_contract")
                self.foreign.append(f"without rights: {cursor.fetchone()}")
        except ProgrammingError as exc:
            self.counts["closed" if getattr(exc.__cause__, "sqlstate", "") == "42501" else "odd"] += 1
        except DatabaseError:  # the cut connection says so once
            connection.close()

    def live(self, number: int) -> None:
        """One thread, one connection kept from turn to turn."""
        connection.settings_dict["CONN_MAX_AGE"] = None
        dice = random.Random(number)
        with clock.pretending(hats.noon(hats.TODAY)):
            self.gate.wait()
            for _ in range(TURNS):
                try:
                    self.turn(dice)
                except Exception as exc:  # noqa: BLE001  # said by the main thread
                    self.foreign.append(f"thread {number}: {exc!r}")
                    connection.close()
        connection.close()


def test_no_answer_of_a_pool_holds_a_row_of_somebody_else(committed: tuple[World, list[Principal]]) -> None:
    world, everybody = committed
    crowd = Crowd(world, [who for who in everybody if who.cookie])
    threads = [Thread(target=crowd.live, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    total = crowd.counts["answers"] + crowd.counts["aborted"]
    say(f"pool: {THREADS} threads, {total} answers, {crowd.counts['faults']} faults, "
        f"{crowd.counts['closed']} looks without rights refused, {len(crowd.foreign)} foreign rows")  # fmt: skip
    assert crowd.foreign == [], crowd.foreign[:20]
    assert crowd.counts["incomplete"] == 0
    assert total >= 2_000
    assert crowd.counts["faults"] >= total / 4
    assert crowd.counts["closed"] >= total * 0.8
