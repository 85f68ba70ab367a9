"""A referral locked by one of its two bodies."""

from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import lock
from clausette.participants import permissions
from clausette.participants.models import Referral
from clausette.participants.queries.referrals import referrals_visible_to


def carried(actor: Actor, uid: UUID) -> Referral:
    """Lock a referral of the actor's own. Raises Absent, NotAllowed."""
    seen = referrals_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_carry_referral(actor, prescriber_id=known.prescriber_id))
    return lock(seen, uid=uid)


def addressed(actor: Actor, uid: UUID) -> Referral:
    """Lock a referral addressed to the actor's structure. Raises Absent, NotAllowed."""
    seen = referrals_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_answer_referral(actor, owner_org_id=known.owner_org_id))
    return lock(seen, uid=uid)
