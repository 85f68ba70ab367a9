"""Extensions and suspensions of « heures comptées jusqu'au »."""

from datetime import date, datetime
from uuid import UUID, uuid4

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.sealing import keyring
from clausette.kernel.text import collapse
from clausette.participants import permissions, rules
from clausette.participants.enums import LimitMoveKind
from clausette.participants.models import LimitMove
from clausette.participants.operations.persons import followed
from clausette.participants.queries.visibility import moves_visible_to
from clausette.participants.words import MOVES, seal_words


@operation("participants.limit.moved")
def move_limit(
    *,
    actor: Actor,
    participant_uid: UUID,
    move: rules.Move,
    path: tuple[date, date] | None,
    reason: str,
    source: str,
    decided_on: date,
    on: date,
) -> UUID:
    """Put off the end of the hours of a person, by months or by a suspension; return the uid of the move.

    `path`: first hour and last day counted of the path that runs, which the room hours knows. `source`: the document,
    or who decided. `reason` is sealed: it may tell of health. Raises Absent, NotAllowed, Invalid.
    """
    person = followed(actor, participant_uid)
    first, until = path or (None, None)
    rules.check_move(move, first_hour_on=first, until=until, decided_on=decided_on, on=on)
    asked = {"reason": (reason, "Dites pourquoi."), "source": (source, "Donnez le document, ou qui l'a décidé.")}
    errors = {name: sentence for name, (said, sentence) in asked.items() if not said.strip()}
    if errors:
        raise Invalid(errors)
    row, words = uuid4(), {"text": collapse(reason), "source": collapse(source)}
    sealed = seal_words(
        keyring([person.uid], make=True), table=MOVES, person=person.uid, row=row, words=words
    )
    kind = LimitMoveKind.SUSPENSION if move.months is None else LimitMoveKind.EXTENSION
    return created(
        LimitMove(
            uid=row, participant=person, owner_org_id=person.owner_org_id, kind=kind, starts_on=move.starts_on,
            ends_on=move.ends_on, months=move.months, decided_on=decided_on, decided_by_id=actor.account_id,
            sealed=sealed,
        )
    ).uid  # fmt: skip


@operation("participants.limit.move_withdrawn")
def withdraw_move(*, actor: Actor, participant_uid: UUID, uid: UUID, reason: str, at: datetime) -> UUID:
    """Withdraw an extension or a suspension written by mistake. Raises Absent, NotAllowed, Invalid."""
    seen = moves_visible_to(actor).filter(participant__uid=participant_uid, withdrawn_at=None)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_follow(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=uid)
    if not reason.strip():
        raise Invalid({"reason": "Dites pourquoi elle est retirée."})
    because(collapse(reason))
    return change(row, withdrawn_at=at).uid
