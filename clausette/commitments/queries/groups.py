"""The group of firms behind an engagement: its members, and the share of the hours due that each does."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.commitments.models import Commitment, GroupShare
from clausette.commitments.queries.sheet import CommitmentSheet
from clausette.commitments.queries.visibility import commitments_visible_to, shares_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import parties_visible_to


@dataclass(frozen=True, slots=True)
class Member:
    """A firm of the group; the mandataire is the titulaire itself."""

    id: int
    uid: UUID
    name: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The share (0–1) of one firm between two days, both included."""

    organisation_id: int
    organisation_uid: UUID
    name: str
    share: Decimal
    starts_on: date
    ends_on: date | None


def group_members(*, actor: Actor, commitment: Commitment) -> tuple[Member, ...]:
    """Return the titulaire of an engagement then its cotraitants, by name (one query)."""
    return members_of(
        actor=actor,
        contract_id=commitment.contract_id,
        lot_id=commitment.lot_id,
        contractor_id=commitment.contractor_id,
    )


def members_of(
    *, actor: Actor, contract_id: int, lot_id: int | None, contractor_id: int
) -> tuple[Member, ...]:
    """Return the same from internal numbers."""
    lead = Q(role=PartyRole.CONTRACTOR, organisation_id=contractor_id)
    lots = Q() if lot_id is None else Q(lot_id=None) | Q(lot_id=lot_id)
    joined = Q(role=PartyRole.GROUP_MEMBER, head_id=contractor_id) & lots
    rows = parties_visible_to(actor).filter(lead | joined, contract_id=contract_id, revoked_at=None)
    named = rows.order_by("organisation__sort_key", "id").values_list(
        "organisation_id", "organisation__uid", "organisation__name"
    )
    found = {pk: Member(pk, uid, name, pk == contractor_id) for pk, uid, name in named}
    return tuple(sorted(found.values(), key=lambda one: not one.is_lead))


@dataclass(frozen=True, slots=True)
class Around:
    """What an engagement has beside it: which acts between engagements are possible."""

    same_contract: bool
    """Another open engagement of the contract owes hours."""
    same_contractor: bool
    """The titulaire has an open engagement on another contract."""
    other_contractor: bool
    grouped: bool
    same_firm: bool
    """The titulaire has another open engagement that owes hours, on any contract."""


_OWED, _PARTY = "owed", "party"


@prepared
def _beside(actor: Actor, commitment_id: int, contract_id: int, contractor_id: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Engagements (kind, contract, contractor), then parties of the contract (role, head, body, lot)."""
    near = commitments_visible_to(actor).filter(Q(contract_id=contract_id) | Q(contractor_id=contractor_id))
    near = near.filter(closed_on=None).exclude(pk=commitment_id).order_by()
    owed = near.annotate(of=Value(_OWED, CharField()), what=F("kind"), place=Cast(Value(None), BigIntegerField()))
    parties = parties_visible_to(actor).filter(contract_id=contract_id, revoked_at=None).order_by()
    roles = parties.annotate(of=Value(_PARTY, CharField()), what=F("role"), place=F("lot_id"))
    first = owed.values_list("of", "what", "contract_id", "contractor_id", "place").distinct()
    every: QuerySet[Any, tuple[Any, ...]] = first.union(
        roles.values_list("of", "what", "head_id", "organisation_id", "place"), all=True
    )
    return every


def around(*, actor: Actor, sheet: CommitmentSheet) -> Around:
    """Return what stands beside an engagement (one query)."""
    here, firm = sheet.contract.id, sheet.contractor_id
    rows = _beside(actor, sheet.id, here, firm)
    found = [(contract, contractor, kind) for of, kind, contract, contractor, _ in rows if of == _OWED]
    roles = [(role, body, head, lot) for of, role, head, body, lot in rows if of == _PARTY]
    lots = {None, sheet.lot.id if sheet.lot else None}
    return Around(
        any(contract == here and CommitmentKind(kind) not in WITHOUT_FIGURE for contract, _, kind in found),
        any(contract != here and contractor == firm for contract, contractor, _ in found),
        any(role == PartyRole.CONTRACTOR and one != firm for role, one, _, _ in roles),
        any(
            role == PartyRole.GROUP_MEMBER and head == firm and (lot in lots or sheet.lot is None)
            for role, _, head, lot in roles
        ),
        any(contractor == firm and CommitmentKind(kind) not in WITHOUT_FIGURE for _, contractor, kind in found),
    )


@prepared
def _shares(actor: Actor, commitment_id: int, as_of: date | None) -> QuerySet[GroupShare, tuple[Any, ...]]:
    rows = shares_visible_to(actor).filter(commitment_id=commitment_id)
    if as_of is not None:
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=as_of), starts_on__lte=as_of)
    return rows.order_by("-starts_on", "-share", "id").values_list(
        "organisation_id", "organisation__uid", "organisation__name", "share", "starts_on", "ends_on"
    )


def shares_of(*, actor: Actor, commitment_id: int, as_of: date | None = None) -> tuple[ShareLine, ...]:
    """Return the shares of an engagement, those in force on a day when asked, the latest first (one query)."""
    return tuple(ShareLine(*row) for row in _shares(actor, commitment_id, as_of))
