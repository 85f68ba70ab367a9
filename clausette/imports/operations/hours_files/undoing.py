"""Undo a file: all the hours that it wrote go, or nothing does and why is told."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.operations import (
    StatementStays,
    Withdrawn,
    WrittenLine,
    keep_hours,
    waiting_of_file,
    withdraw_file_proposals,
    withdraw_filled,
)
from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.models import HoursFile
from clausette.imports.queries.hours_files.visible import filled_visible_to, hours_files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.french import format_date, format_month, plural
from clausette.kernel.operation import because, change, lock, operation
from clausette.kernel.queue import enqueue

UNDO_IN_REQUEST = 2000
"""Lines of the file; above, the worker undoes."""


@operation("imports.hoursfile.undo_asked")
def hand_over_hours_undo(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker to undo a large file. Raises NotAllowed, Absent."""
    batch = _to_undo(actor, batch_uid)
    enqueue("imports.undo_hours_file", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.hoursfile.undone")
def undo_hours_file(*, actor: Actor, batch_uid: UUID, at: datetime) -> int:
    """Take back all the hours that a file wrote, and the corrections that it proposed and that wait; return how many
    statements it filled.

    Raises NotAllowed, Absent, WrongState (a statement is validated, or changed since: which one is told).
    """
    batch = _to_undo(actor, batch_uid)
    filled = list(filled_visible_to(actor).filter(batch=batch, undone=False).order_by("-id"))
    # without the name of the file, which may be somebody's: the reason goes to the journal
    reason = f"Le fichier d'heures envoyé le {format_date(batch.created_at)} est défait."
    asked = [
        Withdrawn(row.statement_id, [_line(*cells) for cells in row.written],
                  batch.submits and row.before != StatementState.SUBMITTED)
        for row in filled
    ]  # fmt: skip
    if asked:
        try:
            withdraw_filled(actor=actor, filled=asked, reason=reason)
        except StatementStays as refusal:
            raise WrongState(_told(actor, batch, refusal)) from refusal
    filled_visible_to(actor).filter(pk__in=[row.pk for row in filled]).update(undone=True)
    told = f"Défait : {plural(len(filled), 'relevé')}."
    if waiting_of_file(actor, batch.uid):
        gone = withdraw_file_proposals(actor=actor, file=batch.uid, at=at)
        told += f" {plural(gone, 'correction proposée retirée', 'corrections proposées retirées')}."
    because(told)
    change(batch, state=HoursFileState.UNDONE, undone_at=at, undone_by_id=actor.account_id)
    keep_hours()
    return len(filled)


@operation("imports.hoursfile.undo_refused")
def say_hours_undo_refused(*, actor: Actor, batch_uid: UUID, why: str) -> UUID:
    """Write on a file why the worker could not undo it. Raises NotAllowed, Absent."""
    batch = _to_undo(actor, batch_uid)
    change(batch, notices=[*(one for one in batch.notices if one != why), why])
    return batch.uid


def _to_undo(actor: Actor, uid: UUID) -> HoursFile:
    """Lock a batch that may be undone. Raises Absent, NotAllowed."""
    seen = hours_files_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is None:
        raise Absent("imports.HoursFile")
    demand(permissions.can_undo_hours_file(actor, state=known.state, applied=known.applied_at is not None))
    batch = lock(seen, uid=uid)
    demand(permissions.can_undo_hours_file(actor, state=batch.state, applied=batch.applied_at is not None))
    return batch


def _line(placement: int, commitment: int, kind: str, hours: str, held: str | None) -> WrittenLine:
    return WrittenLine(placement, commitment, HoursKind(kind), Decimal(hours), Decimal(held) if held else None)


def _told(actor: Actor, batch: HoursFile, refusal: StatementStays) -> str:
    """Which statement stays, and why."""
    row = filled_visible_to(actor).filter(batch=batch, statement_id=refusal.statement_id).select_related(
        "statement", "contract"
    )[0]  # fmt: skip
    month = format_month(row.statement.month)
    return f"Ce fichier ne peut plus être défait. {row.contract.common_name}, {month} : {refusal.message}"
