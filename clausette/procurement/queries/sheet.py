"""The sheet of one contract: what was bought, its lots, who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import (
    ContractKind,
    ContractNature,
    ContractState,
    GroupKind,
    LegalDeviceKind,
    PartyRole,
    Source,
)
from clausette.procurement.models import Award, Contract, ContractParty, Lot
from clausette.procurement.queries.life import Ties, ties_of
from clausette.procurement.queries.visibility import (
    awards_visible_to,
    contracts_visible_to,
    lots_visible_to,
    modifications_visible_to,
    parties_visible_to,
)
from clausette.procurement.rules import next_states

if TYPE_CHECKING:
    from clausette.access.models import Organisation


@dataclass(frozen=True, slots=True)
class OrganisationRef:
    """A body, as a page names it."""

    uid: UUID
    name: str
    siret: str
    body_kind: str = ""


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot, with who holds it."""

    uid: UUID
    number: str
    title: str
    amount_ht: Decimal | None
    cpv: str
    has_clause: bool
    contractors: tuple[OrganisationRef, ...]


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award: `lot_number` is « » for the whole contract."""

    uid: UUID
    lot_uid: UUID | None
    lot_number: str
    contractor: OrganisationRef
    amount_ht: Decimal | None
    notified_on: date | None
    ended_on: date | None
    end_reason: str
    group_label: str = ""
    replaces_uid: UUID | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One organisation in one role."""

    uid: UUID
    organisation: OrganisationRef
    role: str
    role_label: str
    lot_number: str
    head_uid: UUID | None
    head_name: str
    share: Decimal | None
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ModificationLine:
    """One avenant."""

    number: int
    notified_on: date | None
    amount_ht: Decimal | None
    duration_months: int | None
    source_label: str
    contractors: str = ""


@dataclass(frozen=True, slots=True)
class ContractSheet:
    """All that the page of a contract says, hours excepted."""

    id: int
    uid: UUID
    owner_org_id: int
    owner: OrganisationRef
    buyer: OrganisationRef
    common_name: str
    title: str
    official_id: str
    operation_uid: UUID | None
    operation_name: str
    kind: str
    kind_label: str
    nature: str
    nature_label: str
    state: str
    state_label: str
    device: str
    device_label: str
    consultation_on: date | None
    notified_on: date | None
    starts_on: date | None
    ends_on: date | None
    duration_months: int | None
    amount_ht: Decimal | None
    amount_is_maximum: bool
    amount_includes_renewals: bool
    cpv: str
    place_code: str
    source_label: str
    referent_name: str
    ties: Ties
    next_states: tuple[ContractState, ...]
    lots: tuple[LotLine, ...]
    awards: tuple[AwardLine, ...]
    parties: tuple[PartyLine, ...]
    modifications: tuple[ModificationLine, ...]

    @property
    def buyer_body_kind(self) -> str:
        """As in ContractKey: what kind of body buys."""
        return self.buyer.body_kind

    @property
    def shares(self) -> tuple[PartyLine, ...]:
        """Structures with whom the contract is shared now."""
        return tuple(one for one in self.parties if one.role == PartyRole.COPILOT and one.revoked_at is None)


def _ref(row: "Organisation") -> OrganisationRef:
    return OrganisationRef(row.uid, row.name, row.siret or "", row.body_kind)


@prepared
def _awards(actor: Actor, contract_id: int) -> QuerySet[Award]:
    rows = (
        awards_visible_to(actor)
        .filter(contract_id=contract_id)
        .select_related("contractor", "lot", "replaces")
    )
    return rows.order_by("lot__number", "id")


def _award(row: Award) -> AwardLine:
    return AwardLine(
        uid=row.uid,
        lot_uid=row.lot.uid if row.lot else None,
        lot_number=row.lot.number if row.lot else "",
        contractor=_ref(row.contractor),
        amount_ht=row.amount_ht,
        notified_on=row.notified_on,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        group_label=GroupKind(row.group_kind).label if row.group_kind != GroupKind.ALONE else "",
        replaces_uid=row.replaces.uid if row.replaces else None,
        signed_on=row.signed_on,
    )


@prepared
def _lot_rows(actor: Actor, contract_id: int) -> QuerySet[Lot]:
    return lots_visible_to(actor).filter(contract_id=contract_id).order_by("id")


def _lots(actor: Actor, contract_id: int, awards: tuple[AwardLine, ...]) -> tuple[LotLine, ...]:
    return tuple(
        LotLine(
            uid=row.uid,
            number=row.number,
            title=row.title,
            amount_ht=row.amount_ht,
            cpv=row.cpv,
            has_clause=row.has_clause,
            contractors=tuple(
                one.contractor for one in awards if one.lot_uid == row.uid and one.ended_on is None
            ),
        )
        for row in _lot_rows(actor, contract_id)
    )


def _party(row: ContractParty) -> PartyLine:
    return PartyLine(
        uid=row.uid,
        organisation=_ref(row.organisation),
        role=row.role,
        role_label=PartyRole(row.role).label,
        lot_number=row.lot.number if row.lot else "",
        head_uid=row.head.uid if row.head else None,
        head_name=row.head.name if row.head else "",
        share=row.share,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_at=row.revoked_at,
    )


@prepared
def _party_rows(actor: Actor, contract_id: int) -> QuerySet[ContractParty]:
    rows = parties_visible_to(actor).filter(contract_id=contract_id)
    return rows.select_related("organisation", "lot", "head").order_by("id")


def _parties(actor: Actor, contract_id: int) -> tuple[PartyLine, ...]:
    order = {role: rank for rank, role in enumerate(PartyRole.values)}
    found = [_party(row) for row in _party_rows(actor, contract_id)]
    return tuple(sorted(found, key=lambda one: (order[one.role], one.lot_number)))


def _told_modifications(actor: Actor) -> ArraySubquery:
    """Annotation of contracts: their avenants. They are few: read with the contract, not apart."""
    rows = modifications_visible_to(actor).filter(contract_id=OuterRef("pk")).order_by("number")
    amount = Cast("amount_ht", TextField())  # in words: a number of JSON is not exact
    said = JSONObject(
        number="number", notified_on="notified_on", amount_ht=amount, duration_months="duration_months",
        source="source", contractors="contractors",
    )  # fmt: skip
    return ArraySubquery(rows.values(said=said))


def _modification(told: Mapping[str, Any]) -> ModificationLine:
    day, amount = told["notified_on"], told["amount_ht"]
    return ModificationLine(
        told["number"],
        date.fromisoformat(day) if day else None,
        Decimal(amount) if amount else None,
        told["duration_months"],
        Source(told["source"]).label,
        told["contractors"],
    )


@prepared
def _contract(actor: Actor, uid: UUID) -> QuerySet[Contract]:
    # the operation of a visible contract is visible
    rows = contracts_visible_to(actor).filter(uid=uid).order_by("id")
    rows = rows.annotate(told_modifications=_told_modifications(actor))
    return rows.select_related("buyer", "owner_org", "referent", "operation")


def contract_sheet(*, actor: Actor, uid: UUID) -> ContractSheet:
    """Return the sheet of a visible contract: four queries, more when it has ties. Raises Absent."""
    found = _contract(actor, uid)
    if not found:
        raise Absent("procurement.Contract")
    row = found[0]
    operation, told = row.operation, getattr(row, "told_modifications", ())
    awards = tuple(_award(one) for one in _awards(actor, row.pk))
    return _sheet(
        row,
        operation_uid=operation.uid if operation else None,
        operation_name=operation.name if operation else "",
        ties=ties_of(actor, row),
        awards=awards,
        lots=_lots(actor, row.pk, awards),
        parties=_parties(actor, row.pk),
        modifications=tuple(_modification(one) for one in told),
    )


def _sheet(
    row: Contract,
    *,
    operation_uid: UUID | None,
    operation_name: str,
    ties: Ties,
    awards: tuple[AwardLine, ...],
    lots: tuple[LotLine, ...],
    parties: tuple[PartyLine, ...],
    modifications: tuple[ModificationLine, ...],
) -> ContractSheet:
    return ContractSheet(
        id=row.pk,
        uid=row.uid,
        owner_org_id=row.owner_org_id,
        owner=_ref(row.owner_org),
        buyer=_ref(row.buyer),
        common_name=row.common_name,
        title=row.title,
        official_id=row.official_id,
        operation_uid=operation_uid,
        operation_name=operation_name,
        kind=row.kind,
        kind_label=ContractKind(row.kind).label,
        nature=row.nature,
        nature_label=ContractNature(row.nature).label,
        state=row.state,
        state_label=ContractState(row.state).label,
        device=row.device,
        device_label=LegalDeviceKind(row.device).label,
        consultation_on=row.consultation_on,
        notified_on=row.notified_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        duration_months=row.duration_months,
        amount_ht=row.amount_ht,
        amount_is_maximum=row.amount_is_maximum,
        amount_includes_renewals=row.amount_includes_renewals,
        cpv=row.cpv,
        place_code=row.place_code,
        source_label=Source(row.source).label,
        referent_name=row.referent.full_name if row.referent else "",
        ties=ties,
        next_states=tuple(next_states(ContractState(row.state))),
        lots=lots,
        awards=awards,
        parties=parties,
        modifications=modifications,
    )
