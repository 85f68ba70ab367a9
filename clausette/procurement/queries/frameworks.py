"""Orders and marchés subséquents of an accord-cadre, with what is left below its maximum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import AmountKind, ContractKind, ContractState, PartyRole
from clausette.procurement.models import Contract
from clausette.procurement.queries.amounts import ceiling_of
from clausette.procurement.queries.visibility import (
    amounts_visible_to,
    contracts_visible_to,
    lots_visible_to,
    parties_visible_to,
)
from clausette.procurement.rules import Ceiling


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order or a marché subséquent."""

    uid: UUID
    common_name: str
    official_id: str
    kind_label: str
    state: str
    state_label: str
    notified_on: date | None
    amount_ht: Decimal | None
    lot_number: str
    contractors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LotCeiling:
    """A lot of the accord-cadre and what is left of it."""

    number: str
    title: str
    ceiling: Ceiling


@dataclass(frozen=True, slots=True)
class FrameworkOrders:
    """Everything ordered under an accord-cadre. `typed`: orders typed as amounts, without a contract of their own."""

    orders: tuple[OrderLine, ...]
    ceiling: Ceiling
    typed: Decimal
    lots: tuple[LotCeiling, ...]


def framework_orders(*, actor: Actor, uid: UUID) -> FrameworkOrders:
    """Return what was ordered under a visible accord-cadre, the latest first. Raises Absent."""
    seen = contracts_visible_to(actor)
    framework = seen.filter(uid=uid).first()
    if framework is None:
        raise Absent("procurement.Contract")
    rows = list(
        seen.filter(framework=framework).select_related("framework_lot").order_by("-notified_on", "-id")
    )
    names: dict[int, list[str]] = {row.pk: [] for row in rows}
    held = parties_visible_to(actor).filter(
        contract_id__in=list(names), role=PartyRole.CONTRACTOR, revoked_at=None
    )
    for pk, name in held.order_by("organisation__sort_key", "id").values_list("contract_id", "organisation__name"):
        names[pk].append(name)
    typed = amounts_visible_to(actor).filter(contract=framework, kind=AmountKind.ORDERED, withdrawn_at=None)
    amounts = typed.order_by("id").values_list("amount_ht", flat=True)
    return FrameworkOrders(
        tuple(_order(row, tuple(names[row.pk])) for row in rows),
        ceiling_of(actor=actor, contract=framework),
        sum(amounts, Decimal(0)),
        _lots(actor, framework),
    )


def _lots(actor: Actor, framework: Contract) -> tuple[LotCeiling, ...]:
    rows = lots_visible_to(actor).filter(contract=framework).order_by("id")
    return tuple(
        LotCeiling(lot.number, lot.title, ceiling_of(actor=actor, contract=framework, lot=lot)) for lot in rows
    )


def _order(row: Contract, contractors: tuple[str, ...]) -> OrderLine:
    return OrderLine(
        uid=row.uid,
        common_name=row.common_name,
        official_id=row.official_id,
        kind_label=ContractKind(row.kind).label,
        state=row.state,
        state_label=ContractState(row.state).label,
        notified_on=row.notified_on,
        amount_ht=row.amount_ht,
        lot_number=row.framework_lot.number if row.framework_lot else "",
        contractors=contractors,
    )
