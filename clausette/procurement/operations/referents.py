"""The colleague in charge of a contract, and a portfolio handed over in one act."""

from collections.abc import Iterable
from uuid import UUID

from clausette.access.queries import memberships_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import because, change, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.queries.visibility import contracts_visible_to

MOST = 500


@operation("procurement.portfolio.handed")
def hand_over(
    *, actor: Actor, contract_uids: Iterable[UUID], to_member_uid: UUID | None, reason: str = ""
) -> int:
    """Put contracts of the structure in the charge of one of its members (nobody: None); return how many changed.

    Raises NotAllowed, Absent (contract, member), Invalid (nothing chosen, too many at once).
    """
    uids = list(dict.fromkeys(contract_uids))
    if not 0 < len(uids) <= MOST:
        raise Invalid({"contracts": f"Choisissez au moins un marché, {MOST} au plus."})
    account_id = None
    if to_member_uid is not None:
        seat = memberships_visible_to(actor).filter(uid=to_member_uid).values_list("account_id", flat=True)
        account_id = seat.first()
        if account_id is None:
            raise Absent("access.Membership")
    seen = contracts_visible_to(actor)
    known = list(seen.filter(uid__in=uids).order_by("id"))
    if len(known) < len(uids):
        raise Absent("procurement.Contract")
    for row in known:
        demand(permissions.can_pilot(actor, owner_org_id=row.owner_org_id))
    because(collapse(reason))
    moved = 0
    for row in known:
        locked = lock(seen, pk=row.pk)
        if locked.referent_id != account_id:
            change(locked, referent_id=account_id)
            moved += 1
    return moved
