"""Exchanges with the firms of a contract, and the notified contracts whose firm nobody spoke to for a while."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import ContractState, ExchangeKind, PartyRole
from clausette.procurement.models import Exchange
from clausette.procurement.queries.visibility import (
    contracts_visible_to,
    exchanges_visible_to,
    parties_visible_to,
)
from clausette.procurement.rules import silent_since


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One exchange."""

    uid: UUID
    organisation_name: str
    kind: ExchangeKind
    on: date
    note: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class SilentContract:
    """A notified contract whose firm nobody spoke to since a day: its last exchange, else its notification."""

    uid: UUID
    name: str
    contractor_name: str
    notified_on: date
    last_on: date | None

    @property
    def since(self) -> date:
        """The day from which nothing was heard."""
        return silent_since(self.notified_on, self.last_on)


@prepared
def _of(actor: Actor, contract_id: int) -> QuerySet[Exchange]:
    rows = exchanges_visible_to(actor).filter(contract_id=contract_id)
    return rows.select_related("organisation", "noted_by").order_by("-on", "-id")


def exchanges_of(*, actor: Actor, contract_id: int) -> tuple[ExchangeLine, ...]:
    """Return the exchanges of the actor's structure about a contract, the last first (one query)."""
    return tuple(
        ExchangeLine(row.uid, row.organisation.name, ExchangeKind(row.kind), row.on, row.note, row.noted_by.full_name)
        for row in _of(actor, contract_id)
    )


def last_calls(*, actor: Actor, contract_ids: Collection[int]) -> dict[tuple[int, int], date]:
    """Return the day of the last call noted by the actor's structure, by contract and firm (one query)."""
    rows = exchanges_visible_to(actor).filter(contract_id__in=contract_ids, kind=ExchangeKind.CALL).order_by()
    told = rows.values_list("contract_id", "organisation_id").annotate(last=Max("on"))
    return {(contract, firm): last for contract, firm, last in told}


@prepared
def _notified(actor: Actor, limit: date) -> QuerySet[Any, tuple[Any, ...]]:
    """Own contracts notified by `limit`, with the last exchange and the first titulaire, where it is older."""
    rows = contracts_visible_to(actor).filter(
        owner_org_id=actor.organisation_id, state=ContractState.NOTIFIED, notified_on__lte=limit
    )
    seen = exchanges_visible_to(actor).filter(contract_id=OuterRef("pk")).order_by().values("contract_id")
    firms = parties_visible_to(actor).filter(
        contract_id=OuterRef("pk"), role=PartyRole.CONTRACTOR, revoked_at=None
    )
    told = rows.annotate(
        last=Subquery(seen.annotate(last=Max("on")).values("last")),
        firm=Subquery(firms.order_by("id").values("organisation__name")[:1]),
    )
    old = told.filter(Q(last=None) | Q(last__lte=limit)).order_by("notified_on", "id")
    return old.values_list("uid", "common_name", "firm", "notified_on", "last")


def silent_contracts(*, actor: Actor, on: date, days: int) -> tuple[SilentContract, ...]:
    """Return the contracts notified whose firm was silent for `days` days, the longest silence first (one query)."""
    rows = _notified(actor, on - timedelta(days=days))
    found = [SilentContract(uid, name, firm or "", notified, last) for uid, name, firm, notified, last in rows]
    return tuple(sorted(found, key=lambda one: (one.since, one.name)))
