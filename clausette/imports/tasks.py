"""Large imports, written by the worker. Arguments are identifiers; rights are those of who asked, when it runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.rights import named_rights
from clausette.imports.errors import Stale
from clausette.imports.operations import apply_batch, give_back, read_batch
from clausette.imports.operations.applying import Heard
from clausette.imports.operations.hours_files import (
    apply_hours_file,
    give_hours_file_back,
    read_hours_file,
    say_hours_undo_refused,
    undo_hours_file,
)
from clausette.imports.operations.takeover import (
    give_takeover_back,
    read_takeover,
    take_over,
    undo_takeover,
)
from clausette.kernel import clock, progress
from clausette.kernel.errors import Absent, NotAllowed, WrongState
from clausette.kernel.queue import enqueue

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)
PROGRESS = "hours.keep_progress_now"
"""Asked for in the transaction that writes: the next job reads again the progress of all that it touched."""


@contextmanager
def _told(batch: str) -> Iterator[tuple[UUID, Heard]]:
    """The batch, and who hears how far it is. Rights lost since it was asked: nothing is done, nothing fails."""
    uid = UUID(batch)
    gc.disable()  # nothing here makes cycles, and a hundred thousand lines are walked through for nothing
    try:
        yield uid, partial(progress.say, uid)
    except (NotAllowed, Absent):
        return
    finally:
        gc.enable()
        progress.forget(uid)


@app.task(name="imports.apply_batch", retry=AGAIN)
def apply_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Write a batch in one transaction, or give it back when contracts changed since it was read.

    Done already by a job asked twice: nothing is written.
    """
    with _told(batch) as (uid, heard):
        try:
            with named_rights(account_id, organisation_id) as actor:
                apply_batch(actor=actor, batch_uid=uid, at=clock.now(), on=clock.today(), heard=heard)
        except Stale:
            with named_rights(account_id, organisation_id) as actor:
                give_back(actor=actor, batch_uid=uid)


@app.task(name="imports.read_batch", retry=AGAIN)
def read_handed_in(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Read a large official file and compare its records; read already or given up, nothing changes."""
    with _told(batch) as (uid, heard), named_rights(account_id, organisation_id) as actor:
        read_batch(actor=actor, batch_uid=uid, on=clock.today(), heard=heard)


@app.task(name="imports.read_takeover", retry=AGAIN)
def read_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Read a large workbook and compare its lines; read already or given up, nothing changes."""
    with _told(batch) as (uid, heard), named_rights(account_id, organisation_id) as actor:
        read_takeover(actor=actor, batch_uid=uid, on=clock.today(), heard=heard)


@app.task(name="imports.take_over", retry=AGAIN)
def take_over_handed(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Write a workbook in one transaction, or give it back when something changed since it was read."""
    with _told(batch) as (uid, heard):
        try:
            with named_rights(account_id, organisation_id) as actor:
                take_over(actor=actor, batch_uid=uid, at=clock.now(), on=clock.today(), heard=heard)
                enqueue(PROGRESS)
        except (Stale, WrongState):
            with named_rights(account_id, organisation_id) as actor:
                give_takeover_back(actor=actor, batch_uid=uid, on=clock.today())


@app.task(name="imports.undo_takeover", retry=AGAIN)
def undo_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Undo a large takeover; undone already, or blocked meanwhile: its page says so."""
    try:
        with named_rights(account_id, organisation_id) as actor:
            undo_takeover(actor=actor, batch_uid=UUID(batch), at=clock.now())
    except (NotAllowed, WrongState):
        return


@app.task(name="imports.read_hours_file", retry=AGAIN)
def read_hours_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Read a large file of hours and compare its lines; read already or given up, nothing changes."""
    with _told(batch) as (uid, heard), named_rights(account_id, organisation_id) as actor:
        read_hours_file(actor=actor, batch_uid=uid, on=clock.today(), heard=heard)


@app.task(name="imports.undo_hours_file", retry=AGAIN)
def undo_hours_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Undo a large file of hours; undone already, nothing changes; when a statement stays, its page says which one."""
    try:
        with named_rights(account_id, organisation_id) as actor:
            undo_hours_file(actor=actor, batch_uid=UUID(batch), at=clock.now())
            enqueue(PROGRESS)
    except (NotAllowed, Absent):
        return
    except WrongState as refusal:
        with named_rights(account_id, organisation_id) as actor:
            say_hours_undo_refused(actor=actor, batch_uid=UUID(batch), why=refusal.message)


@app.task(name="imports.apply_hours_file", retry=AGAIN)
def apply_hours_handed_over(*, account_id: int, organisation_id: int, batch: str) -> None:
    """Write a file of hours in one transaction, or give it back when something changed since it was read."""
    with _told(batch) as (uid, heard):
        try:
            with named_rights(account_id, organisation_id) as actor:
                apply_hours_file(
                    actor=actor, batch_uid=uid, submit=None, at=clock.now(), on=clock.today(), heard=heard
                )
                enqueue(PROGRESS)
        except (Stale, WrongState):
            with named_rights(account_id, organisation_id) as actor:
                give_hours_file_back(actor=actor, batch_uid=uid, on=clock.today())
