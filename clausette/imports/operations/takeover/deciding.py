"""Between reading and writing: persons of the same name, another comparison, giving up."""

from datetime import date
from uuid import UUID

from clausette.imports.enums_takeover import LineFate, LineKind, TakeoverState
from clausette.imports.operations.takeover.handing import READ_IN_REQUEST, read_or_hand_over, readable
from clausette.imports.operations.takeover.taking import changeable
from clausette.imports.queries.takeover.visible import lines_visible_to
from clausette.imports.takeover.compare import NEW
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import change, operation


@operation("imports.takeover.decided")
def decide_person(*, actor: Actor, batch_uid: UUID, line_uid: UUID, answer: str, on: date) -> UUID:
    """Say who a person of the workbook is: NEW, or the uid of one of those proposed; the lines are compared again.

    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    batch = changeable(actor, batch_uid)
    line = lines_visible_to(actor).filter(batch=batch, uid=line_uid, kind=LineKind.PERSON).first()
    if line is None or line.fate != LineFate.ASK:
        raise Absent("imports.TakeoverLine")
    if answer != NEW and answer not in {one["uid"] for one in line.options}:
        raise Invalid({"answer": "Dites si c'est la même personne, ou une autre."})
    change(batch, answers={**batch.answers, line.key: answer})
    others = lines_visible_to(actor).filter(batch=batch, fate=LineFate.ASK).exclude(pk=line.pk)
    if batch.size > READ_IN_REQUEST and others.exists():  # read again once, when the last is decided
        fate = LineFate.NEW if answer == NEW else LineFate.SAME
        lines_visible_to(actor).filter(pk=line.pk).update(fate=fate)
    else:
        read_or_hand_over(actor, batch, on)
    return batch.uid


@operation("imports.takeover.compared")
def read_again(*, actor: Actor, batch_uid: UUID, on: date) -> UUID:
    """Compare the workbook again with what is held now. Raises NotAllowed, Absent, WrongState."""
    batch = changeable(actor, batch_uid)
    read_or_hand_over(actor, batch, on)
    return batch.uid


@operation("imports.takeover.cancelled")
def cancel_takeover(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Give a workbook up before anything is written; it may be sent again. Raises NotAllowed, Absent."""
    batch = readable(actor, batch_uid)
    change(batch, state=TakeoverState.CANCELLED)
    return batch.uid
