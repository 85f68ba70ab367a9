"""The database fails at one statement of SQL, whichever: what was asked is not done at all, then done whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import correct_line, validate_statement
from clausette.imports.operations.hours_files import apply_hours_file, take_in_hours_file, undo_hours_file
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import world
from tests.imports.hours_files.books import book, row

pytestmark = pytest.mark.django_db
ROOMS = ("hours", "imports", "files", "journal", "procrastinate")
AT = noon(TODAY)


class _Cut(OperationalError):
    """The fault of this test."""


@contextmanager
def _cut_at(rank: int) -> Iterator[None]:
    """The database fails at the statement of this rank, from 1."""
    left = [rank]

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise _Cut("the server went away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


def _everything() -> dict[str, str]:
    """What every table of these rooms holds, as a hash."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(ROOMS):
                cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')
                found[table] = cursor.fetchone()[0]
    return found


def _proved(act: Callable[[], Any], every: int = 1) -> tuple[Any, int]:
    """Do this with a fault at each of its statements, or at one of `every`, then whole; return what it gave, and the
    rank of the last fault."""
    before, rank = _everything(), 1 - every
    while True:
        rank += every
        try:
            with _cut_at(rank):
                found = act()
        except _Cut:
            assert _everything() == before, rank
        else:
            assert _everything() != before
            return found, rank - every


def _as(who: Actor, operation: Callable[..., Any], **given: Any) -> Callable[[], Any]:
    def act() -> Any:
        with acting(who) as actor:
            return operation(actor=actor, **given)

    return act


def test_a_file_its_validation_and_a_correction_are_whole_or_nothing_wherever_the_database_fails() -> None:
    small = world()
    data = book(row("Diallo", "Salif", 100), row("Lemaire", "David", 90), row("Inconnu", "Jean", 80))
    take_in = _as(small.pilot, take_in_hours_file, name="paie.xlsx", data=data, on=TODAY,
                  declarant_uid=small.uids["firm"])  # fmt: skip
    uid, faults = _proved(take_in, every=4)  # a process reads the file each time
    assert faults > 20
    write = {"submit": True, "at": AT, "on": TODAY}
    done, faults = _proved(_as(small.pilot, apply_hours_file, batch_uid=uid, **write))
    assert (done.written, done.statements, faults > 20) == (2, 1, True)
    _, faults = _proved(_as(small.pilot, undo_hours_file, batch_uid=uid, at=AT))
    assert faults > 10
    _as(small.pilot, apply_hours_file, batch_uid=take_in(), **write)()
    with as_owner():
        statement, line = Statement.objects.get(), HoursLine.objects.get(hours=90)
    looked = {"version": None, "justifications": {"W104": "Vue sur place"}, "at": AT, "on": TODAY}
    _, faults = _proved(_as(small.pilot, validate_statement, uid=statement.uid, **looked))
    assert faults > 10
    bettered = {"new_hours": line.hours + 7, "reason": "Bulletin vu", "at": AT, "on": TODAY}
    _, faults = _proved(_as(small.pilot, correct_line, line_uid=line.uid, **bettered))
    assert faults > 5
