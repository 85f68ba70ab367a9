"""A file of hours written by the real process of tasks, killed at moments of chance: all or nothing, then all, once.

Each round pours a lender of people, sends its file, lets the worker read it, asks it to write, and kills it
(SIGKILL) some time between the two ends of the work. What the tables hold then is counted as the owner; the import is
asked again, as the page offers; the jobs left behind by the dead are done again at the end.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from threading import Event
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection

from clausette.access.rights import named_rights
from clausette.imports.operations.hours_files import hand_over_hours_file, take_in_hours_file
from clausette.kernel import clock
from config.settings.base import ROOT
from config.world.bench import as_worker
from config.world.bench_hours import workbook
from config.world.dense import Dense, pour_dense

PATIENCE = 600.0
COUNTS = """
    SELECT f.state, (SELECT count(*) FROM imports_hoursfileline l WHERE l.batch_id = f.id)
           + (SELECT coalesce(sum(k.lines), 0) FROM imports_hoursfileblock k WHERE k.batch_id = f.id),
           count(l.id), coalesce(sum(l.hours), 0), count(DISTINCT (l.placement_id, l.commitment_id, l.month, l.kind)),
           (SELECT coalesce(sum(w.hours), 0) FROM hours_workedmonth w WHERE w.employer_id = f.declarant_id),
           (SELECT count(*) FROM hours_statement s WHERE s.declarant_id = f.declarant_id),
           (SELECT count(*) FROM journal_event e, jsonb_array_elements(e.after -> 'lines') told
             WHERE e.verb = 'hours.statements.filled' AND e.organisation_id = f.owner_org_id),
           (SELECT jsonb_array_length(f.hashes))
      FROM imports_hoursfile f LEFT JOIN hours_hoursline l ON l.declarant_id = f.declarant_id
     WHERE f.uid = %s GROUP BY f.id"""
DUE = """
    SELECT coalesce(sum(due.n), 0), coalesce(sum(due.hours), 0) FROM imports_hoursfile f, LATERAL (
      SELECT count(*), sum(l.hours) FROM imports_hoursfileline l WHERE l.batch_id = f.id AND l.fate = 'new'
      UNION ALL
      SELECT (k.fates #>> '{new,lines}')::bigint, (k.fates #>> '{new,hours}')::numeric
        FROM imports_hoursfileblock k WHERE k.batch_id = f.id) AS due(n, hours)
     WHERE f.uid = %s"""
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'clausette_worker' AND pid <> pg_backend_pid()"
WAITING = """
    SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name LIKE 'imports.%%'"""
AGAIN = """
    UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, scheduled_at = NULL
     WHERE status = 'doing' AND task_name LIKE 'imports.%%hours_file'"""


class NotProved(Exception):
    """What the tables hold is neither nothing nor all; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the tables hold of one file."""

    state: str
    read: int
    lines: int
    hours: Decimal
    different: int
    worked: Decimal
    statements: int
    told: int
    hashes: int

    def is_nothing(self) -> bool:
        """Whether not a trace of it is written."""
        return not (self.lines or self.hours or self.worked or self.statements or self.told or self.hashes)

    def is_all(self, due: int, hours: Decimal) -> bool:
        """Whether every line is written, once, with its totals and its trace."""
        return (
            self.lines == self.different == self.told == self.hashes == due
            and self.hours == self.worked == hours and self.state == "applied"
        )  # fmt: skip


@dataclass(slots=True)
class Proved:
    """How many were killed; what they left: nothing, all; in which work they were."""

    kills: int = 0
    left: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    again: int = 0


def _asked(sql: str, *values: UUID) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        row = cursor.fetchone() if cursor.description else (cursor.rowcount,)
    return tuple(row or ())


def found(uid: UUID) -> Found:
    """Count, as the owner, what is written of a file."""
    return Found(*_asked(COUNTS, uid))


def _until(true: Callable[[], bool], what: str) -> None:
    """Look again and again, a tenth of a second apart. Raises NotProved."""
    end, pause = monotonic() + PATIENCE, Event()
    while not true():
        if monotonic() > end:
            raise NotProved(f"{what} : rien après {PATIENCE:.0f} s")
        pause.wait(0.1)


def _until_state(uid: UUID, state: str) -> None:
    _until(lambda: found(uid).state == state, f"le fichier « {state} »")


@contextmanager
def _worker() -> Iterator["subprocess.Popen[bytes]"]:
    """The process of tasks, as `run.py` starts it."""
    environ = {name: value for name, value in os.environ.items() if name != "CLAUSETTE_ROLE"}
    done = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield done
    finally:
        if done.poll() is None:
            os.killpg(done.pid, signal.SIGKILL)
        done.wait()
        _until(lambda: _asked(OTHERS)[0] == 0, "les sessions du processus tué")


def _send(dense: Dense, data: bytes) -> UUID:
    with as_worker(), named_rights(dense.account_id, dense.organisation_id) as actor:
        return take_in_hours_file(actor=actor, name="preuve.xlsx", data=data, on=clock.today())


def _ask(dense: Dense, uid: UUID) -> None:
    with as_worker(), named_rights(dense.account_id, dense.organisation_id) as actor:
        hand_over_hours_file(actor=actor, batch_uid=uid, submit=True)


def prove(*, kills: int, lines: int, seed: int, say: Callable[[str], None]) -> Proved:
    """Kill as many times; raise NotProved at the first file that is neither written whole nor left whole."""
    chance, proved = Random(seed), Proved(lines=lines)  # noqa: S311 - moments of chance, nothing secret
    reading = writing = 0.0
    sent: list[tuple[UUID, int, Decimal]] = []
    for number in range(kills + 1):
        dense = pour_dense(lines=lines, as_of=clock.today())
        uid = _send(dense, workbook(dense, wrong=lambda line: line == lines // 2))
        with _worker() as work:
            start = monotonic()
            if number and number % 4 == 0:  # one in four is killed while it reads
                _kill(work, chance.uniform(0, reading))
            else:
                _until_state(uid, "read")
                reading = reading or monotonic() - start
                start = monotonic()
                _ask(dense, uid)
                if number:
                    _kill(work, chance.uniform(0, writing))
                else:
                    _until_state(uid, "applied")
                    writing = monotonic() - start
        word = "sans coupure"
        if number:
            proved.kills, word = number, _left(uid, lines)
            proved.left[word] = proved.left.get(word, 0) + 1
            _complete(dense, uid)
        due, hours = _asked(DUE, uid)
        sent.append((uid, due, hours))
        if due != lines - 1 or not found(uid).is_all(due, hours):
            raise NotProved(f"fichier {number} : {found(uid)}, attendu {due} lignes, {hours} h")
        say(f"{number}/{kills} : {word}")
    proved.again = _dead_jobs_again(sent)
    return proved


def _kill(work: "subprocess.Popen[bytes]", after: float) -> None:
    Event().wait(after)
    os.killpg(work.pid, signal.SIGKILL)


def _left(uid: UUID, lines: int) -> str:
    """What a killed worker left; reading too is all or nothing."""
    held = found(uid)
    if held.state in ("reading", "read") and held.is_nothing() and held.read in (0, lines):
        return "lecture : tout" if held.read else "lecture : rien"
    if held.state == "applying" and held.is_nothing():
        return "écriture : rien"
    due, hours = _asked(DUE, uid)
    if held.is_all(due, hours):
        return "écriture : tout"
    raise NotProved(f"après une coupure : {held}")


def _complete(dense: Dense, uid: UUID) -> None:
    """Ask again what the dead left, as its page does; a new worker does it."""
    with _worker():
        if found(uid).state == "reading":
            _asked(AGAIN)
            _until_state(uid, "read")
        if found(uid).state != "applied":
            _ask(dense, uid)
            _until_state(uid, "applied")


def _dead_jobs_again(sent: list[tuple[UUID, int, Decimal]]) -> int:
    """The jobs of the dead are put back in the queue, as the worker does each ten minutes: nothing is written twice."""
    (jobs,) = _asked(AGAIN)
    with _worker():
        _until(lambda: _asked(WAITING)[0] == 0, "les tâches des processus tués")
    for uid, due, hours in sent:
        if not found(uid).is_all(due, hours):
            raise NotProved(f"après les tâches reprises : {found(uid)}")
    return int(jobs)
