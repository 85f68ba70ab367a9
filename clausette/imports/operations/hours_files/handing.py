"""Reading a file of hours: at once when it is small, else by the worker, which tells how far it is."""

from datetime import date
from uuid import UUID

from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.hours_files.plans import is_sure, plans_to, propose
from clausette.imports.models import HoursFile
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.hours_files.reading import compared, write_lines
from clausette.imports.queries.hours_files.files import former_columns, workbook_of_hours
from clausette.imports.queries.hours_files.visible import hours_files_visible_to
from clausette.imports.takeover.reading import Workbook
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.operation import change, lock, operation
from clausette.kernel.queue import enqueue

READ_IN_REQUEST = 2000
"""Lines of the file; above, the worker reads."""


def read_or_hand_over(actor: Actor, batch: HoursFile, on: date, workbook: Workbook | None = None) -> None:
    """Read the lines of a locked batch now, or ask the worker to."""
    if batch.size > READ_IN_REQUEST:
        change(batch, state=HoursFileState.READING)
        enqueue("imports.read_hours_file", actor=actor, batch=str(batch.uid))
    else:
        _read(actor, batch, on, workbook)


@operation("imports.hoursfile.reading_asked")
def hand_over_hours_reading(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker again for a reading that seems to have stopped. Raises NotAllowed, Absent."""
    batch = readable(actor, batch_uid)
    if batch.state == HoursFileState.READING:
        enqueue("imports.read_hours_file", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.hoursfile.read")
def read_hours_file(*, actor: Actor, batch_uid: UUID, on: date, heard: Heard = unheard) -> UUID:
    """Read a file handed to the worker; read already, or given up meanwhile, nothing changes.

    `heard` is told now and then how many lines are read, of how many. Raises NotAllowed, Absent.
    """
    batch = readable(actor, batch_uid)
    if batch.state == HoursFileState.READING:
        _read(actor, batch, on, None, heard)
    return batch.uid


def readable(actor: Actor, uid: UUID) -> HoursFile:
    """Lock a batch that may still be read. Raises Absent, NotAllowed with its reason."""
    seen = hours_files_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is None:
        raise Absent("imports.HoursFile")
    demand(permissions.can_read_hours_file(actor, state=row.state))
    return lock(seen, uid=uid)


def changeable(actor: Actor, uid: UUID) -> HoursFile:
    """Lock a batch that may still change. Raises Absent, NotAllowed with its reason."""
    seen = hours_files_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:
        demand(permissions.can_change_hours_file(actor, state=row.state))
    return lock(seen, uid=uid)


def _read(
    actor: Actor, batch: HoursFile, on: date, workbook: Workbook | None, heard: Heard = unheard
) -> None:
    """Guess the columns nobody has said yet; when they are sure, or said, read and compare the lines."""
    workbook = workbook or workbook_of_hours(actor, batch)
    if not batch.plans:
        plans = propose(workbook, former_columns(actor, batch))
        change(batch, plans=plans_to(plans))
        if not is_sure(plans):
            change(batch, state=HoursFileState.COLUMNS)
            return
    write_lines(batch, compared(actor, batch, on, workbook, heard))
