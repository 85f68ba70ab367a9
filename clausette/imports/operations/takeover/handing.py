"""Reading a workbook: at once when it is small, else by the worker, which tells how far it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from clausette.imports import permissions
from clausette.imports.enums_takeover import TakeoverState
from clausette.imports.models import TakeoverBatch
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.takeover.comparing import compared, write_lines
from clausette.imports.queries.takeover.files import workbook_of
from clausette.imports.queries.takeover.visible import mappings_visible_to, takeovers_visible_to
from clausette.imports.takeover.checks import is_sure
from clausette.imports.takeover.mapping import propose
from clausette.imports.takeover.reading import Workbook
from clausette.imports.takeover.stored import plans_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.operation import change, lock, operation
from clausette.kernel.queue import enqueue

READ_IN_REQUEST = (
    1000  # lines of the workbook; above, the worker reads (measured: 0.4 ms of calculation a line)
)


def read_or_hand_over(actor: Actor, batch: TakeoverBatch, on: date, workbook: Workbook | None = None) -> None:
    """Read the lines of a locked batch now, or ask the worker to."""
    if batch.size > READ_IN_REQUEST:
        change(batch, state=TakeoverState.READING)
        enqueue("imports.read_takeover", actor=actor, batch=str(batch.uid))
    else:
        _read(actor, batch, on, workbook)


@operation("imports.takeover.reading_asked")
def hand_over_reading(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker again for a reading that seems to have stopped. Raises NotAllowed, Absent."""
    batch = readable(actor, batch_uid)
    if batch.state == TakeoverState.READING:
        enqueue("imports.read_takeover", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.takeover.read")
def read_takeover(*, actor: Actor, batch_uid: UUID, on: date, heard: Heard = unheard) -> UUID:
    """Read a workbook handed to the worker; read already, or given up meanwhile, nothing changes.

    `heard` is told now and then how many lines are read, of how many. Raises NotAllowed, Absent.
    """
    batch = readable(actor, batch_uid)
    if batch.state == TakeoverState.READING:
        _read(actor, batch, on, None, heard)
    return batch.uid


def readable(actor: Actor, uid: UUID) -> TakeoverBatch:
    """Lock a batch that may still be read. Raises Absent, NotAllowed with its reason."""
    seen = takeovers_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is None:
        raise Absent("imports.TakeoverBatch")
    demand(permissions.can_read_takeover(actor, state=row.state))
    return lock(seen, uid=uid)


def _read(
    actor: Actor, batch: TakeoverBatch, on: date, workbook: Workbook | None, heard: Heard = unheard
) -> None:
    """Guess the columns nobody has said yet; when they are sure, or said, read and compare the lines."""
    workbook = workbook or workbook_of(actor, batch)
    if not batch.plans:
        plans = propose(workbook, kept_mappings(actor, batch.sender))
        change(batch, plans=plans_to(plans))
        if not is_sure(plans):
            change(batch, state=TakeoverState.COLUMNS)
            return
    read, _ = compared(actor, batch, on, workbook, heard)
    write_lines(batch, read)


def kept_mappings(actor: Actor, sender: str) -> dict[str, Mapping[str, Any]]:
    """Former answers by structure: those of this sender, else those of any."""
    rows = mappings_visible_to(actor).order_by("id").values_list("structure", "sender", "sheet", "columns")
    found: dict[str, Mapping[str, Any]] = {}
    for structure, by, sheet, columns in rows:
        if by == sender or structure not in found:
            found[structure] = {"kind": sheet, "columns": columns}
    return found
