"""Workbooks given out: the template, and the sender's own lines with their errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.files.queries import read_file
from clausette.imports.models import TakeoverBatch
from clausette.imports.queries.takeover.lines import said_of_lines
from clausette.imports.queries.takeover.visible import takeovers_visible_to
from clausette.imports.takeover.reading import Workbook, read_workbook
from clausette.imports.takeover.stored import plans_from
from clausette.imports.takeover.writing import (
    PERSONS_TEMPLATE_NAME,
    TEMPLATE_NAME,
    returned_workbook,
    template_workbook,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, WrongState
from clausette.reference.queries import categories


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A workbook to download."""

    name: str
    data: bytes


def known_publics() -> Mapping[str, str]:
    """Eligible publics that may be written for a person: code → label."""
    return {row.code: row.label for row in categories() if row.stored}


def workbook_of(actor: Actor, batch: TakeoverBatch) -> Workbook:
    """Read the kept file of a batch again: the hash proves its bytes. Raises WrongState when it cannot be read."""
    content = read_file(actor=actor, uid=batch.file.uid)
    found = read_workbook(content.data, kind="csv" if content.content_type == "text/csv" else "book")
    if found.refusal:
        raise WrongState(found.refusal)
    return found


def template_file(*, actor: Actor, on: date, persons: bool = False) -> GivenFile:
    """Return the workbook to fill; `persons`: the sheet of persons alone."""
    name = PERSONS_TEMPLATE_NAME if persons else TEMPLATE_NAME
    return GivenFile(name, template_workbook(publics=known_publics(), on=on, persons=persons))


def returned_file(*, actor: Actor, batch_uid: UUID, only_said: bool = False) -> GivenFile:
    """Return the lines of a workbook with what is said of each in a last column. Raises Absent."""
    batch = takeovers_visible_to(actor).filter(uid=batch_uid).select_related("file").first()
    if batch is None:
        raise Absent("imports.TakeoverBatch")
    said = said_of_lines(actor=actor, batch_uid=batch_uid)
    data = returned_workbook(workbook_of(actor, batch), plans_from(batch.plans), said, only_said=only_said)
    return GivenFile(f"{batch.file.name.rpartition('.')[0] or 'classeur'} - à corriger.xlsx", data)
