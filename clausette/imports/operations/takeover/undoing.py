"""Undo a batch: all that it made goes, or nothing does and what prevents it is told."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from clausette.imports import permissions
from clausette.imports.enums_takeover import TakeoverState
from clausette.imports.models import TakeoverLine
from clausette.imports.queries.takeover.undoing import blockers_of, label_of_table
from clausette.imports.queries.takeover.visible import takeovers_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.french import format_number
from clausette.kernel.operation import because, change, lock, operation
from clausette.kernel.queue import enqueue


@operation("imports.takeover.undo_asked")
def hand_over_undo(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker to undo a large batch. Raises NotAllowed, Absent."""
    seen = takeovers_visible_to(actor)
    known = seen.filter(uid=batch_uid).first()
    if known is None:
        raise Absent("imports.TakeoverBatch")
    demand(permissions.can_undo(actor, state=known.state))
    batch = lock(seen, uid=batch_uid)
    demand(permissions.can_undo(actor, state=batch.state))
    enqueue("imports.undo_takeover", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.takeover.undone")
def undo_takeover(*, actor: Actor, batch_uid: UUID, at: datetime) -> dict[str, int]:
    """Take away all that a batch made; return how many of each. The journal keeps what was there.

    Raises NotAllowed, Absent, WrongState (something is built on it: the list is told).
    """
    seen = takeovers_visible_to(actor)
    known = seen.filter(uid=batch_uid).first()
    if known is None:
        raise Absent("imports.TakeoverBatch")
    demand(permissions.can_undo(actor, state=known.state))
    batch = lock(seen, uid=batch_uid)
    demand(permissions.can_undo(actor, state=batch.state))
    blockers = blockers_of(actor=actor, batch_uid=batch_uid)
    if blockers:
        told = ", ".join(one.text for one in blockers)
        raise WrongState(f"Cette reprise ne peut plus être défaite : {told}.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.undo_takeover(%s)", [batch.pk])
        gone = {label_of_table(table): int(count) for table, count in cursor.fetchall()}
    because("Défait : " + ", ".join(f"{format_number(count)} {label}" for label, count in gone.items()) + ".")
    change(batch, state=TakeoverState.UNDONE, undone_at=at, undone_by_id=actor.account_id)
    TakeoverLine.objects.filter(batch=batch).update(written=False, contract_ref=None)
    return gone
