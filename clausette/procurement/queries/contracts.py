"""The list of contracts: fifty a page, sought by name, number, buyer or firm."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key
from clausette.procurement.enums import ContractKind, ContractState, PartyRole
from clausette.procurement.models import Contract, ContractParty
from clausette.procurement.queries.visibility import (
    contracts_visible_to,
    lots_visible_to,
    operations_visible_to,
    parties_visible_to,
)

SORTS = {
    "nom": "sort_key",
    "mo": "buyer__sort_key",
    "etat": "state",
    "notification": "notified_on",
    "fin": "ends_on",
}


@dataclass(frozen=True, slots=True)
class ContractFilters:
    """What the list is restricted to; `sort` is a key of SORTS, with « - » to turn it round."""

    words: str = ""
    state: str = ""
    buyer_uid: UUID | None = None
    organisation_uid: UUID | None = None
    operation_uid: UUID | None = None
    referent_id: int | None = None
    owned: bool = False
    sort: str = "nom"


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One line of the list."""

    id: int
    uid: UUID
    common_name: str
    official_id: str
    buyer_uid: UUID
    buyer_name: str
    kind_label: str
    state: str
    state_label: str
    notified_on: date | None
    ends_on: date | None
    amount_ht: Decimal | None
    framework_id: int | None
    referent_name: str
    lots: int
    contractors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContractPage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[ContractLine, ...]
    total: int


def _holding(words: str) -> Q:
    """Every word is in the contract's own key or in the name of one of its parties."""
    condition = Q()
    for word in search_key(words).split()[:8]:
        named = ContractParty.objects.filter(
            contract_id=OuterRef("pk"), organisation__sort_key__contains=word
        )
        condition &= Q(sort_key__contains=word) | Q(Exists(named))
    return condition


def _filtered(actor: Actor, filters: ContractFilters) -> QuerySet[Contract]:
    rows = contracts_visible_to(actor)
    if filters.words.strip():
        rows = rows.filter(_holding(filters.words))
    if filters.state in ContractState.values:
        rows = rows.filter(state=filters.state)
    if filters.buyer_uid:
        rows = rows.filter(buyer__uid=filters.buyer_uid)
    if filters.organisation_uid:
        took = ContractParty.objects.filter(
            contract_id=OuterRef("pk"), organisation__uid=filters.organisation_uid
        )
        rows = rows.filter(Exists(took))
    if filters.operation_uid:
        rows = rows.filter(operation__uid=filters.operation_uid)
    if filters.referent_id:
        rows = rows.filter(referent_id=filters.referent_id)
    if filters.owned:
        rows = rows.filter(owner_org_id=actor.organisation_id)
    column = F(SORTS.get(filters.sort.removeprefix("-"), "sort_key"))
    order = column.desc(nulls_last=True) if filters.sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(order, "sort_key", "id")


def _contractors(actor: Actor, ids: Iterable[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    held = parties_visible_to(actor).filter(
        contract_id__in=list(ids), role=PartyRole.CONTRACTOR, revoked_at=None
    )
    for contract_id, name in held.order_by("organisation__sort_key", "id").values_list(
        "contract_id", "organisation__name"
    ):
        if name not in names[contract_id]:
            names[contract_id].append(name)
    return names


def _lots(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for contract_id in (
        lots_visible_to(actor)
        .filter(contract_id__in=list(ids))
        .order_by("id")
        .values_list("contract_id", flat=True)
    ):
        counts[contract_id] += 1
    return counts


def list_contracts(
    *, actor: Actor, filters: ContractFilters | None = None, page: int = 1, size: int = 50
) -> ContractPage:
    """Return one page of the visible contracts: four queries whatever their number."""
    rows = _filtered(actor, filters or ContractFilters())
    total = rows.count()
    shown = list(rows.select_related("buyer", "referent")[(page - 1) * size : page * size])
    ids = [row.pk for row in shown]
    contractors, lots = _contractors(actor, ids), _lots(actor, ids)
    lines = tuple(
        ContractLine(
            id=row.pk,
            uid=row.uid,
            common_name=row.common_name,
            official_id=row.official_id,
            buyer_uid=row.buyer.uid,
            buyer_name=row.buyer.name,
            kind_label=ContractKind(row.kind).label,
            state=row.state,
            state_label=ContractState(row.state).label,
            notified_on=row.notified_on,
            ends_on=row.ends_on,
            amount_ht=row.amount_ht,
            framework_id=row.framework_id,
            referent_name=row.referent.full_name if row.referent else "",
            lots=lots.get(row.pk, 0),
            contractors=tuple(contractors.get(row.pk, ())),
        )
        for row in shown
    )
    return ContractPage(lines, total)


def operation_names(*, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the operations (uid, name) of the actor's structure, by name, for a choice in a form."""
    rows = operations_visible_to(actor).filter(owner_org_id=actor.organisation_id).order_by("sort_key", "id")
    return tuple(rows.values_list("uid", "name"))
