"""The contracts of a structure in a trade, with the amount that their hours can be compared with."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from clausette.kernel.actor import Actor
from clausette.procurement.enums import ContractKind
from clausette.procurement.queries.visibility import contracts_visible_to, lots_visible_to

MOST = 200
"""The last ones suffice to compare."""


@dataclass(frozen=True, slots=True)
class TradeContract:
    """A contract or one of its lots (`lot_number`, « » for the whole). `amount_ht`: euros without tax, None when it is
    not known or only a maximum, which sets no hours (MODEL §1)."""

    contract_id: int
    contract_uid: UUID
    common_name: str
    lot_number: str
    amount_ht: Decimal | None


def _begins(column: str, prefixes: Collection[str]) -> Q:
    condition = Q(pk__in=[])
    for prefix in prefixes:
        condition |= Q(**{f"{column}__startswith": prefix})
    return condition


def contracts_of_trade(*, actor: Actor, prefixes: Collection[str]) -> tuple[TradeContract, ...]:
    """Return the contracts that the structure follows itself whose CPV, or that of a lot, begins so; last first.

    Two queries. A lot without CPV of its own takes that of its contract; no prefix finds nothing.
    """
    if not prefixes:
        return ()
    owned = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id)
    by_lot = lots_visible_to(actor).filter(_begins("cpv", prefixes)).order_by().values("contract_id")
    columns = ("pk", "uid", "common_name", "amount_ht", "amount_is_maximum", "kind", "cpv")
    rows = list(owned.filter(_begins("cpv", prefixes) | Q(pk__in=by_lot)).order_by("-pk").values(*columns)[:MOST])
    found = {row["pk"]: row for row in rows}
    lots = lots_visible_to(actor).filter(contract_id__in=list(found)).order_by("id")
    held = [_whole(row) for row in rows if row["cpv"].startswith(tuple(prefixes))]
    for contract_id, number, amount, cpv in lots.values_list("contract_id", "number", "amount_ht", "cpv"):
        row = found[contract_id]
        if (cpv or row["cpv"]).startswith(tuple(prefixes)):
            held.append(
                TradeContract(contract_id, row["uid"], row["common_name"], number, amount)
            )
    return tuple(held)


def _whole(row: dict[str, object]) -> TradeContract:
    ceiling = row["amount_is_maximum"] or row["kind"] == ContractKind.FRAMEWORK
    return TradeContract(
        row["pk"], row["uid"], row["common_name"], "", None if ceiling else row["amount_ht"],  # type: ignore[arg-type]  # columns of `values`
    )  # fmt: skip
