"""The records of a batch, read again from the bytes kept."""

from clausette.imports.models import TakeoverBatch
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.takeover.telling import Teller
from clausette.imports.queries.takeover.files import known_publics, workbook_of
from clausette.imports.takeover.extract import Extract, extract
from clausette.imports.takeover.reading import Workbook
from clausette.imports.takeover.stored import plans_from
from clausette.kernel.actor import Actor


def extract_of(
    actor: Actor, batch: TakeoverBatch, workbook: Workbook | None = None, heard: Heard = unheard
) -> Extract:
    """The records of a batch, by its plans. `heard`: told now and then how many lines are read."""
    masked = frozenset((sheet, line, place) for sheet, line, place in batch.masked)
    return extract(
        workbook or workbook_of(actor, batch), plans_from(batch.plans), publics=known_publics(), masked=masked,
        step=Teller(heard, batch.size, every=500),
    )  # fmt: skip
