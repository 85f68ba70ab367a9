"""Undo a file: all the hours that it wrote go, or nothing does and why is told."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.operations import WrittenLine, withdraw_lines
from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.models import HoursFileStatement
from clausette.imports.queries.hours_files.visible import filled_visible_to, hours_files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.french import format_date, format_month, plural
from clausette.kernel.operation import because, change, lock, operation


@operation("imports.hoursfile.undone")
def undo_hours_file(*, actor: Actor, batch_uid: UUID, at: datetime) -> int:
    """Take back all the hours that a file wrote; return how many statements it filled.

    Raises NotAllowed, Absent, WrongState (a statement is validated, or changed since: which one is told).
    """
    seen = hours_files_visible_to(actor)
    known = seen.filter(uid=batch_uid).first()
    if known is None:
        raise Absent("imports.HoursFile")
    demand(permissions.can_undo_hours_file(actor, state=known.state, applied=known.applied_at is not None))
    batch = lock(seen, uid=batch_uid)
    demand(permissions.can_undo_hours_file(actor, state=batch.state, applied=batch.applied_at is not None))
    filled = list(
        filled_visible_to(actor).filter(batch=batch, undone=False).select_related("statement", "contract")
        .order_by("-id")
    )  # fmt: skip
    # without the name of the file, which may be somebody's: the reason goes to the journal
    reason = f"Le fichier d'heures envoyé le {format_date(batch.created_at)} est défait."
    for row in filled:
        _take_back(actor, batch.submits, row, reason)
        change(lock(filled_visible_to(actor), pk=row.pk), undone=True)
    because(f"Défait : {plural(len(filled), 'relevé')}.")
    change(batch, state=HoursFileState.UNDONE, undone_at=at, undone_by_id=actor.account_id)
    return len(filled)


def _take_back(actor: Actor, submitted: bool, row: HoursFileStatement, reason: str) -> None:
    lines = [
        WrittenLine(UUID(placement), UUID(commitment), HoursKind(kind), Decimal(hours), Decimal(held) if held else None)
        for placement, commitment, kind, hours, held in row.written
    ]
    try:
        withdraw_lines(
            actor=actor, statement_uid=row.statement.uid, lines=lines, reason=reason,
            give_back=submitted and row.before != StatementState.SUBMITTED,
        )  # fmt: skip
    except WrongState as refusal:
        month = format_month(row.statement.month)
        raise WrongState(
            f"Ce fichier ne peut plus être défait. {row.contract.common_name}, {month} : {refusal.message}"
        ) from refusal
