"""Reading a large official file: by the worker, which tells how far it is."""

from datetime import date
from uuid import UUID

from clausette.files.queries import read_file
from clausette.imports import permissions
from clausette.imports.decp import DecpFile, read_decp
from clausette.imports.enums import BatchState
from clausette.imports.models import ImportBatch
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.taking import why_unreadable, write_rows
from clausette.imports.queries.batches import batches_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.operation import change, lock, operation
from clausette.kernel.queue import enqueue

READ_IN_REQUEST = 1024 * 1024  # bytes; above, the worker reads (measured: 1 s of calculation for 1 MB)


@operation("imports.batch.reading_asked")
def hand_over_reading(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker again for a reading that seems to have stopped. Raises NotAllowed, Absent."""
    _readable(actor, batch_uid)
    batch = lock(batches_visible_to(actor), uid=batch_uid)
    if batch.state == BatchState.READING:
        enqueue("imports.read_batch", actor=actor, batch=str(batch_uid))
    return batch_uid


@operation("imports.batch.read")
def read_batch(*, actor: Actor, batch_uid: UUID, on: date, heard: Heard = unheard) -> UUID:
    """Read a file handed to the worker and compare its records; read already, or given up, nothing changes.

    The batch is locked only once the file is read: giving it up meanwhile waits for nobody. A file that cannot be read
    is « illisible », with its sentence. `heard` is told now and then how many records are read, of how many.
    Raises NotAllowed, Absent.
    """
    seen = _readable(actor, batch_uid)
    read = DecpFile()
    if seen.state == BatchState.READING:
        read = read_decp(read_file(actor=actor, uid=seen.file.uid).data, on=on, heard=heard)
    batch = lock(batches_visible_to(actor), uid=batch_uid)
    if seen.state != BatchState.READING or batch.state != BatchState.READING:  # given up, or read by another, meanwhile
        return batch_uid
    if (why := why_unreadable(read)) is not None:
        change(batch, state=BatchState.UNREADABLE, notices=[why])
        return batch_uid
    change(batch, state=BatchState.READ, notices=list(read.notices))
    write_rows(actor, batch, read)
    return batch_uid


def _readable(actor: Actor, uid: UUID) -> ImportBatch:
    """A batch that may still be read. Raises Absent, NotAllowed with its reason."""
    row = batches_visible_to(actor).filter(uid=uid).select_related("file").first()
    if row is None:
        raise Absent("imports.ImportBatch")
    demand(permissions.can_read(actor, state=row.state))
    return row
