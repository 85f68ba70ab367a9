"""Contracts before their award: a published record may be one of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import ContractState
from clausette.procurement.queries.visibility import contracts_visible_to

BEFORE = (
    ContractState.TO_STUDY, ContractState.STUDIED_WITHOUT_CLAUSE, ContractState.CLAUSE_PROPOSED,
    ContractState.IN_TENDER_DOCUMENTS, ContractState.PUBLISHED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AwaitedContract:
    """A contract of the structure that has no titulaire yet. Amount in euros without tax."""

    id: int
    uid: UUID
    name: str
    buyer_siret: str
    number: str
    cpv: str
    amount_ht: Decimal | None
    consultation_on: date | None


@prepared
def _before(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    states = [state.value for state in BEFORE]
    rows = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id, state__in=states)
    return rows.order_by("id").values_list(
        "id", "uid", "common_name", "buyer__siret", "official_id", "cpv", "amount_ht", "consultation_on"
    )


def awaited_contracts(*, actor: Actor) -> tuple[AwaitedContract, ...]:
    """Return the contracts of the structure before their award whose buyer has a SIRET (one query)."""
    return tuple(AwaitedContract(*row) for row in _before(actor) if row[3])
