"""The purge: what the duration ends goes, batch by batch, in the name of an administrator of the structure."""

from datetime import date
from uuid import UUID

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.operation import because, created, isolated, operation
from clausette.participants.queries import participant_keys
from clausette.privacy.enums import ErasureReason, PurgedCategory
from clausette.privacy.models import PurgeBatch
from clausette.privacy.operations.erasing import erase_person, erase_referrals
from clausette.privacy.permissions import can_see_retention
from clausette.privacy.queries.retention import OnTheClock, due
from clausette.reference.facts.retention import RetentionRow


@operation("privacy.batch.purged")
def purge_batch(
    *, actor: Actor, category: PurgedCategory, row: RetentionRow, as_of: date, on: date, size: int, after: int = 0
) -> tuple[int, int, int]:
    """Take away at most `size` pieces of a category that are due and not held, beyond number `after`.

    Return how many went, how many could not, and the last number: nothing more when both counts are 0. Run again, it
    finds only what is left. Raises NotAllowed.
    """
    demand(can_see_retention(actor))
    found = due(actor=actor, on=as_of, category=category.value, after=after, size=size)
    if not found:
        raise Absent("privacy.PurgeBatch")
    because(f"{row.lasts} après {row.since}")
    gone = _gone(actor, category, found, on)
    kept = len(found) - gone
    batch = PurgeBatch(owner_org_id=actor.organisation_id, category=category, as_of=as_of, gone=gone, kept=kept)
    created(batch)
    return gone, kept, found[-1].number


def _gone(actor: Actor, category: PurgedCategory, found: list[OnTheClock], on: date) -> int:
    numbers = [one.number for one in found]
    if category == PurgedCategory.REASON:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sec.forget_reasons(%s)", [numbers])
            return int(cursor.fetchone()[0])
    if category == PurgedCategory.REFERRAL:
        return erase_referrals(actor=actor, ids=numbers, on=on)
    # each in a savepoint: a person at work, or with hours that wait, stays and is told the next night again
    keys = participant_keys(actor, numbers)
    return sum(_erased(actor, key.uid, on) for key in keys.values())


def _erased(actor: Actor, uid: UUID, on: date) -> bool:
    try:
        with isolated():
            erase_person(actor=actor, participant_uid=uid, reason=ErasureReason.ENDED, on=on)
    except Refusal:
        return False
    return True
