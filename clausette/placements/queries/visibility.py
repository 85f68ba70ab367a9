"""Which work contracts exist for the actor: the policies of `0002_rights`, written a second time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.placements.models import Allocation, Placement
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part


def _known(actor: Actor) -> Q:
    """Condition on allocations: on contracts piloted or shared; those whose person works for the organisation."""
    ours = Q(employer_id=actor.organisation_id) | Q(host_company_id=actor.organisation_id)
    return Q(takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT)) | (ours & Q(takes_part(actor)))


def allocations_visible_to(actor: Actor) -> QuerySet[Allocation]:
    """Mises à disposition that exist for the actor's organisation; withdrawn ones do not exist any more."""
    return narrow(Allocation.objects.filter(withdrawn_at=None), _known(actor))


def placements_visible_to(actor: Actor) -> QuerySet[Placement]:
    """Work contracts recorded by the structure, and those of the visible mises à disposition; none withdrawn."""
    met = Exists(Allocation.objects.filter(_known(actor), placement_id=OuterRef("pk"), withdrawn_at=None))
    kept = Placement.objects.filter(withdrawn_at=None)
    return narrow(kept, Q(owner_org_id=actor.owner_id) | Q(met))


def withdrawn_visible_to(actor: Actor) -> QuerySet[Placement]:
    """Work contracts typed by mistake and withdrawn: for the structure that recorded them only."""
    gone = Placement.objects.filter(withdrawn_at__isnull=False)
    return narrow(gone, Q(owner_org_id=actor.owner_id))


@dataclass(frozen=True, slots=True)
class PlacementKey:
    """What other rooms need to know of a work contract."""

    id: int
    uid: UUID
    participant_id: int
    owner_org_id: int
    employer_id: int
    starts_on: date
    ends_on: date | None
    ended_on: date | None


def _key(row: Placement) -> PlacementKey:
    return PlacementKey(
        row.pk, row.uid, row.participant_id, row.owner_org_id, row.employer_id, row.starts_on, row.ends_on,
        row.ended_on,
    )  # fmt: skip


def placement_key(actor: Actor, uid: UUID) -> PlacementKey:
    """Return the key of a visible work contract. Raises Absent."""
    row = placements_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("placements.Placement")
    return _key(row)


def placement_keys(actor: Actor, uids: Iterable[UUID]) -> dict[UUID, PlacementKey]:
    """Return the keys of the visible work contracts among these, by uid (one query)."""
    rows = placements_visible_to(actor).filter(uid__in=set(uids)).order_by("id")
    return {row.uid: _key(row) for row in rows}
