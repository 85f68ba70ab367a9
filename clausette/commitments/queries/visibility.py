"""Which engagements exist for the actor: the same meaning as the policies of `0002_rights`, written a second time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from clausette.commitments.models import (
    BaseHours,
    Commitment,
    CommitmentAct,
    CommitmentPart,
    CommitmentVersion,
    GroupShare,
    StructureDefaults,
    SubTarget,
    ValuedRule,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import contracts_visible_to, takes_part

WHOLE = (PartyRole.PILOT, PartyRole.COPILOT, PartyRole.BUYER)


KNOWN = "EXISTS (SELECT FROM sec.known_commitments known WHERE known.commitment_id = %(expressions)s)"


def _known(commitment: str) -> Func:
    """Condition: owed, or on which the organisation has people at work (the room placements knows those)."""
    return Func(F(commitment), template=KNOWN, output_field=BooleanField())


def _seen(actor: Actor, commitment: str) -> Q:
    """All engagements of a contract for its structures and its buyer; for others, those that concern them."""
    whole = takes_part(actor, *WHOLE)
    return Q(whole) | (Q(takes_part(actor)) & Q(_known(commitment)))


def commitments_visible_to(actor: Actor) -> QuerySet[Commitment]:
    """Engagements that exist for the actor's organisation."""
    return narrow(Commitment.objects.all(), _seen(actor, "pk"))


def versions_visible_to(actor: Actor) -> QuerySet[CommitmentVersion]:
    """Versions of the visible engagements."""
    return narrow(CommitmentVersion.objects.all(), _seen(actor, "commitment_id"))


def parts_visible_to(actor: Actor) -> QuerySet[CommitmentPart]:
    """Parts of the versions of the visible engagements."""
    return narrow(CommitmentPart.objects.all(), _seen(actor, "commitment_id"))


def subtargets_visible_to(actor: Actor) -> QuerySet[SubTarget]:
    """Sub-targets of the versions of the visible engagements."""
    return narrow(SubTarget.objects.all(), _seen(actor, "commitment_id"))


def valued_visible_to(actor: Actor) -> QuerySet[ValuedRule]:
    """Valuation rules of the visible engagements, withdrawn ones included."""
    return narrow(ValuedRule.objects.all(), _seen(actor, "commitment_id"))


def shares_visible_to(actor: Actor) -> QuerySet[GroupShare]:
    """Shares of the visible engagements, and the share of the organisation itself in a group."""
    own = Q(organisation_id=actor.organisation_id) & Q(takes_part(actor))
    return narrow(GroupShare.objects.all(), _seen(actor, "commitment_id") | own)


def _owed() -> RawSQL:
    """Engagements owed by the organisation itself."""
    return RawSQL("SELECT unnest(sec.owed())", [])


def base_hours_visible_to(actor: Actor) -> QuerySet[BaseHours]:
    """Hours worked declared for the visible engagements, withdrawn ones included: what their hours due rest on."""
    return narrow(BaseHours.objects.all(), _seen(actor, "commitment_id"))


def acts_visible_to(actor: Actor) -> QuerySet[CommitmentAct]:
    """Acts of the actor's structure, and those with an engagement of a contract it follows, bought or owes."""
    seen = Q(owner_org_id=actor.owner_id)
    for side in ("from", "to"):
        contract = f"{side}_contract_id"
        owed = Q(takes_part(actor, contract=contract)) & Q(**{f"{side}_commitment__in": _owed()})
        seen |= Q(takes_part(actor, *WHOLE, contract=contract)) | owed
    return narrow(CommitmentAct.objects.all(), seen)


def defaults_visible_to(actor: Actor) -> QuerySet[StructureDefaults]:
    """Default rules of the actor's structure, and of the structures référentes of the visible contracts."""
    followed = Exists(contracts_visible_to(actor).filter(owner_org_id=OuterRef("owner_org_id")))
    return narrow(StructureDefaults.objects.all(), Q(owner_org_id=actor.owner_id) | Q(followed))


@dataclass(frozen=True, slots=True)
class CommitmentKey:
    """What other rooms need to know of an engagement."""

    id: int
    uid: UUID
    contract_id: int
    contract_uid: UUID
    lot_id: int | None
    contractor_id: int
    kind: str
    starts_on: date
    ends_on: date
    owner_org_id: int
    periodicity: str
    due_day: int
    expected_from: date | None
    penalty_multiplier: Decimal
    closed_on: date | None


def _key(row: Commitment) -> CommitmentKey:
    return CommitmentKey(
        id=row.pk,
        uid=row.uid,
        contract_id=row.contract_id,
        contract_uid=row.contract.uid,
        lot_id=row.lot_id,
        contractor_id=row.contractor_id,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        owner_org_id=row.contract.owner_org_id,
        periodicity=row.periodicity,
        due_day=row.due_day,
        expected_from=row.expected_from,
        penalty_multiplier=row.penalty_multiplier,
        closed_on=row.closed_on,
    )


def commitment_key(actor: Actor, uid: UUID) -> CommitmentKey:
    """Return the key of a visible engagement (two queries). Raises Absent."""
    found = commitments_visible_to(actor).filter(uid=uid).prefetch_related("contract").first()
    if found is None:
        raise Absent("commitments.Commitment")
    return _key(found)


def commitment_keys(actor: Actor, ids: Iterable[int]) -> dict[int, CommitmentKey]:
    """Return the keys of the visible engagements among these internal numbers, by number (two queries)."""
    rows = commitments_visible_to(actor).filter(pk__in=set(ids)).prefetch_related("contract").order_by("id")
    return {row.pk: _key(row) for row in rows}
