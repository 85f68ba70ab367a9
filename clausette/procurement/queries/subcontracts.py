"""Declared subcontracts (actes de sous-traitance) of a contract, each with its changes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.actor import Actor
from clausette.procurement.queries.visibility import subcontracts_visible_to


@dataclass(frozen=True, slots=True)
class SubcontractLine:
    """One act, or with `revises` a change of it: the new total and the new duration, None when unchanged."""

    number: int
    revises: bool
    firm_name: str
    notified_on: date
    amount_ht: Decimal | None
    duration_months: int | None


def subcontracts_of(*, actor: Actor, contract_id: int) -> tuple[SubcontractLine, ...]:
    """Return the acts of a visible contract by number, each followed by its changes (one query)."""
    rows = subcontracts_visible_to(actor).filter(contract_id=contract_id)
    values = rows.order_by("number", "revises", "notified_on", "id").values_list(
        "number", "revises", "firm__name", "notified_on", "amount_ht", "duration_months"
    )
    return tuple(SubcontractLine(*row) for row in values)
