"""Shares of the hours due inside a group of firms."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import WITHOUT_FIGURE
from clausette.commitments.models import GroupShare
from clausette.commitments.operations.writing import kind_of, locked
from clausette.commitments.queries.groups import group_members
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date, format_percent
from clausette.kernel.operation import change, created, lock, operation


@operation("commitments.shares.set")
def set_shares(*, actor: Actor, uid: UUID, shares: Mapping[UUID, Decimal], on: date) -> UUID:
    """Say which share (0–1) of the hours due each member of the group does from a day on; return the engagement's uid.

    The shares before end the day before. Towards the buyer the titulaire owes the whole, whatever the shares.
    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    row = locked(actor, uid)
    if kind_of(row) in WITHOUT_FIGURE:
        raise Invalid({"": "Cet engagement n'a pas d'heures dues à répartir."})
    members = {one.uid: one for one in group_members(actor=actor, commitment=row)}
    total = sum(shares.values(), Decimal(0))
    if not shares or any(uid not in members for uid in shares):
        raise Invalid({"": "Donnez la part d'une entreprise du groupement."})
    if any(not 0 < share <= 1 for share in shares.values()):
        raise Invalid({"": "La part d'un membre va de plus de 0 % à 100 %."})
    if total > 1:
        raise Invalid({"": f"Les parts font {format_percent(total)} : elles ne dépassent pas 100 %."})
    open_ = GroupShare.objects.filter(commitment=row, ends_on=None).order_by("id")
    for pk, since in list(open_.values_list("pk", "starts_on")):
        if on <= since:
            raise Invalid({"on": f"Les parts en vigueur commencent le {format_date(since)} : c'est plus tard."})
        change(lock(GroupShare.objects.all(), pk=pk), ends_on=on - timedelta(days=1))
    for member, share in shares.items():
        made = GroupShare(
            commitment=row, contract_id=row.contract_id, organisation_id=members[member].id, share=share, starts_on=on
        )
        created(made)
    return row.uid
