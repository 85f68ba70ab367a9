"""The work contracts of a record reunited with another go to the person kept."""

from collections.abc import Mapping
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import change, lock, operation
from clausette.participants.queries import participant_key
from clausette.placements import permissions
from clausette.placements.queries.visibility import placements_visible_to, withdrawn_visible_to

PLACEMENTS = "placements_placement.participant_id"


@operation("placements.placement.handed_over")
def hand_over(*, actor: Actor, kept_uid: UUID, gone_uid: UUID) -> Mapping[str, list[int]]:
    """Give the work contracts of one person to another, those withdrawn too; return their numbers, by column.

    Called by the reunion of two records only when there is one. Raises Absent, NotAllowed.
    """
    kept, gone = participant_key(actor, kept_uid), participant_key(actor, gone_uid)
    for person in (kept, gone):
        demand(permissions.can_place(actor, owner_org_id=person.owner_org_id))
    moved: list[int] = []
    for rows in (placements_visible_to(actor), withdrawn_visible_to(actor)):
        for pk in rows.filter(participant_id=gone.id).order_by("id").values_list("pk", flat=True):
            change(lock(rows, pk=pk), participant_id=kept.id)
            moved.append(pk)
    return {PLACEMENTS: moved}
