"""Two records of one person become one, with all that each room holds: decided here, where hours are known."""

from datetime import date, datetime
from uuid import UUID

from clausette.hours.rules.merging import told_collision
from clausette.kernel.actor import Actor
from clausette.kernel.operation import lock, operation
from clausette.participants.errors import Collides
from clausette.participants.operations import absorb
from clausette.participants.queries import participant_key, participants_visible_to
from clausette.placements.operations import hand_over
from clausette.placements.queries import collisions, has_work


@operation("hours.person.merged")
def merge_participants(*, actor: Actor, kept_uid: UUID, gone_uid: UUID, at: datetime, on: date) -> UUID:
    """Make two records of one person one, `kept_uid`; return the uid of the reunion.

    Hours follow their work contracts, which follow the person. Raises Absent, NotAllowed, Refusal, Collides (two work
    contracts with one employer would overlap: the months are told).
    """
    kept, gone = participant_key(actor, kept_uid), participant_key(actor, gone_uid)
    lock(participants_visible_to(actor), pk=kept.id)
    found = collisions(actor=actor, kept_id=kept.id, gone_id=gone.id, on=on)
    if found and kept.id != gone.id:
        raise Collides(" ".join(told_collision(one.employer_name, one.months) for one in found))
    works = has_work(actor=actor, participant_id=gone.id) and kept.id != gone.id
    moved = hand_over(actor=actor, kept_uid=kept_uid, gone_uid=gone_uid) if works else {}
    return absorb(actor=actor, kept_uid=kept_uid, gone_uid=gone_uid, moved=moved, at=at, on=on)
