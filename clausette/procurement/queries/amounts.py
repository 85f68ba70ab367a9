"""Orders and invoices of a contract, their totals by firm, and what is left below a maximum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import FOR_THE_BUYER, AmountKind, ContractKind, PartyRole
from clausette.procurement.models import AmountEntry, Contract, Lot
from clausette.procurement.queries.documents import document_uid
from clausette.procurement.queries.visibility import (
    amounts_visible_to,
    contracts_visible_to,
    parties_visible_to,
)
from clausette.procurement.rules import Ceiling, ceiling

_BILLING = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER)


@dataclass(frozen=True, slots=True)
class BillingFirm:
    """A firm that receives orders and sends invoices on a contract."""

    id: int
    uid: UUID
    name: str
    siret: str


@dataclass(frozen=True, slots=True)
class AmountRef:
    """One order or invoice in force, for the rooms that count hours from amounts: euros without tax."""

    contract_id: int
    lot_id: int | None
    contractor_id: int
    kind: str
    on: date
    amount_ht: Decimal


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One order or invoice, as its page shows it; withdrawn ones have `withdrawn_at`."""

    uid: UUID
    kind: str
    on: date
    reference: str
    amount_ht: Decimal
    contractor_uid: UUID
    contractor_name: str
    lot_number: str
    entered_by: str
    entered_org_id: int
    entered_org: str
    document_uid: UUID | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class FirmTotal:
    """What one firm was ordered and has invoiced, without what is withdrawn."""

    name: str
    ordered: Decimal
    invoiced: Decimal
    entries: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """Orders and invoices of a contract, the latest first, and their totals."""

    rows: tuple[AmountRow, ...]
    totals: tuple[FirmTotal, ...]

    @property
    def ordered(self) -> Decimal:
        """All orders in force."""
        return sum((one.ordered for one in self.totals), Decimal(0))

    @property
    def invoiced(self) -> Decimal:
        """All invoices in force, credit notes taken off."""
        return sum((one.invoiced for one in self.totals), Decimal(0))


def acts_for_buyer(*, actor: Actor, contract_id: int) -> bool:
    """Say whether the actor's organisation is, or acts for, the maître d'ouvrage of a contract."""
    held = parties_visible_to(actor).filter(
        contract_id=contract_id,
        organisation_id=actor.organisation_id,
        role__in=(PartyRole.BUYER, *FOR_THE_BUYER),
        revoked_at=None,
    )
    return held.exists()


def billing_firms(*, actor: Actor, contract_id: int) -> tuple[BillingFirm, ...]:
    """Return the titulaires and cotraitants of a visible contract, former ones included, by name."""
    held = parties_visible_to(actor).filter(contract_id=contract_id, role__in=_BILLING, revoked_at=None)
    rows = held.order_by("organisation__sort_key", "id").values_list(
        "organisation_id", "organisation__uid", "organisation__name", "organisation__siret"
    )
    found = {row[0]: BillingFirm(row[0], row[1], row[2], row[3] or "") for row in rows}
    return tuple(found.values())


def amounts_of(*, actor: Actor, contract_ids: Iterable[int], as_of: date | None = None) -> tuple[AmountRef, ...]:
    """Return the orders and invoices in force of these contracts, up to a day included (one query)."""
    rows = amounts_visible_to(actor).filter(contract_id__in=set(contract_ids), withdrawn_at=None)
    if as_of is not None:
        rows = rows.filter(on__lte=as_of)
    columns = ("contract_id", "lot_id", "contractor_id", "kind", "on", "amount_ht")
    return tuple(AmountRef(*row) for row in rows.order_by("on", "id").values_list(*columns))


def amounts_page(*, actor: Actor, contract_id: int) -> Amounts:
    """Return the orders and invoices of a contract, the latest first, with totals by firm (one query)."""
    rows = (
        amounts_visible_to(actor)
        .filter(contract_id=contract_id)
        .select_related("contractor", "lot", "entered_by", "entered_org")
        .annotate(document_uid=document_uid(actor))
        .order_by("-on", "-id")
    )
    lines = tuple(_row(row) for row in rows)
    return Amounts(lines, _totals(lines))


def amount_row(*, actor: Actor, uid: UUID) -> tuple[AmountRow, UUID]:
    """Return one visible order or invoice, and the uid of its contract. Raises Absent."""
    rows = amounts_visible_to(actor).filter(uid=uid)
    rows = rows.select_related("contract", "contractor", "lot", "entered_by", "entered_org")
    row = rows.annotate(document_uid=document_uid(actor)).first()
    if row is None:
        raise Absent("procurement.AmountEntry")
    return _row(row), row.contract.uid


def _row(row: AmountEntry) -> AmountRow:
    return AmountRow(
        uid=row.uid,
        kind=row.kind,
        on=row.on,
        reference=row.reference,
        amount_ht=row.amount_ht,
        contractor_uid=row.contractor.uid,
        contractor_name=row.contractor.name,
        lot_number=row.lot.number if row.lot else "",
        entered_by=row.entered_by.full_name,
        entered_org_id=row.entered_org_id,
        entered_org=row.entered_org.name,
        document_uid=getattr(row, "document_uid", None),
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )


def _totals(rows: Sequence[AmountRow]) -> tuple[FirmTotal, ...]:
    kept = [row for row in rows if row.withdrawn_at is None]
    names = dict(sorted({row.contractor_uid: row.contractor_name for row in kept}.items(), key=lambda one: one[1]))

    def total(uid: UUID, kind: AmountKind) -> Decimal:
        found = (row.amount_ht for row in kept if row.contractor_uid == uid and row.kind == kind)
        return sum(found, Decimal(0))

    return tuple(
        FirmTotal(
            name,
            total(uid, AmountKind.ORDERED),
            total(uid, AmountKind.INVOICED),
            sum(row.contractor_uid == uid for row in kept),
        )
        for uid, name in names.items()
    )


def ceiling_of(*, actor: Actor, contract: Contract, lot: Lot | None = None) -> Ceiling:
    """Return what was ordered under an accord-cadre (or one of its lots), beside its maximum.

    Orders and marchés subséquents count by their amount, orders typed on the accord-cadre itself by theirs.
    """
    below = contracts_visible_to(actor).filter(framework=contract)
    typed = amounts_visible_to(actor).filter(contract=contract, kind=AmountKind.ORDERED, withdrawn_at=None)
    maximum = contract.amount_ht if contract.amount_is_maximum or contract.kind == ContractKind.FRAMEWORK else None
    if lot is not None:
        below, typed, maximum = below.filter(framework_lot=lot), typed.filter(lot=lot), lot.amount_ht
    sums = (
        below.order_by().aggregate(total=Sum("amount_ht"))["total"],
        typed.order_by().aggregate(total=Sum("amount_ht"))["total"],
    )
    return ceiling(maximum, sums)
