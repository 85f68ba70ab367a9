"""One line with its statement; the people of the month who have none."""

from datetime import date
from uuid import UUID

from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.statements import SheetLine, StatementSheet, statement_sheet
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


def line_sheet(*, actor: Actor, uid: UUID, on: date) -> tuple[StatementSheet, SheetLine]:
    """Return one line with the sheet of its statement. Raises Absent."""
    held = lines_visible_to(actor).filter(uid=uid).values_list("statement_id", flat=True).first()
    statement = statements_visible_to(actor).filter(pk=held or 0).values_list("uid", flat=True).first()
    if statement is None:
        raise Absent("hours.HoursLine")
    sheet = statement_sheet(actor=actor, uid=statement, on=on)
    return sheet, next(line for line in sheet.lines if line.uid == uid)


def forgotten(*, actor: Actor, sheet: StatementSheet) -> tuple[Worker, ...]:
    """Return the people at work for the declarant that month who have no line in the statement, by name."""
    held = {(line.placement_uid, line.commitment_uid) for line in sheet.lines}
    people = workers(
        actor=actor, contract_id=sheet.part.id, declarant_id=sheet.declarant_id, months=[sheet.month]
    )
    return tuple(worker for worker in people if worker.key not in held)
