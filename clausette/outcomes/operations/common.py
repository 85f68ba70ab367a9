"""What the operations of the room share: the person whose path is followed, a row locked, a withdrawal."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import because, change, lock
from clausette.outcomes.models.path import OfPerson
from clausette.outcomes.permissions import can_follow_path
from clausette.participants.queries import ParticipantKey, participant_key

M = TypeVar("M", bound=OfPerson)


def followed_person(actor: Actor, uid: UUID) -> ParticipantKey:
    """Return the key of a person whose path the structure follows. Raises Absent, NotAllowed."""
    key = participant_key(actor, uid)
    demand(can_follow_path(actor, owner_org_id=key.owner_org_id))
    return key


def kept(actor: Actor, rows: QuerySet[M], uid: UUID) -> M:
    """Lock a row that is not withdrawn. Raises Absent, NotAllowed."""
    row = lock(rows.filter(withdrawn_at=None), uid=uid)
    demand(can_follow_path(actor, owner_org_id=row.owner_org_id))
    return row


def withdraw(row: OfPerson, *, reason: str, at: datetime) -> None:
    """Withdraw what was typed by mistake, with its reason. Raises Refusal."""
    if not reason:
        raise Refusal("Dites pourquoi, en quelques mots.", "reason")
    because(reason)
    change(row, withdrawn_at=at, withdrawn_reason=reason)


def not_to_come(day: date | None, on: date, field: str) -> None:
    """Raise Refusal when a day that is noted has not come yet."""
    if day is not None and day > on:
        raise Refusal("Cette date est à venir : ce qui est passé se note une fois passé.", field)
