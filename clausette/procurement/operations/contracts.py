"""Recording a contract and changing what is known of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import change, created, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import PartyRole
from clausette.procurement.models import Contract, ContractParty
from clausette.procurement.operations.checks import (
    check_details,
    piloted_contract,
    refuse_duplicate,
    search_text,
)
from clausette.procurement.operations.founding import found
from clausette.procurement.operations.lots import LotEntry, write_lots
from clausette.procurement.queries.visibility import operations_visible_to


class ContractDetails(TypedDict, total=False):
    """What may be known of a contract besides its buyer and its common name. Amounts: euros without tax."""

    title: str
    official_id: str
    kind: str
    nature: str
    state: str
    device: str
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
    source: str
    operation_uid: UUID | None


def _columns(actor: Actor, details: Mapping[str, object]) -> dict[str, object]:
    """Details as columns: texts trimmed, the operation found."""
    values: dict[str, object] = {}
    for name, value in details.items():
        if name == "operation_uid":
            values["operation_id"] = _operation_id(actor, value) if isinstance(value, UUID) else None
        else:
            values[name] = collapse(value) if isinstance(value, str) else value
    return values


def _operation_id(actor: Actor, uid: UUID) -> int:
    found = operations_visible_to(actor).filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise Absent("procurement.WorksOperation")
    return found


@operation("procurement.contract.created")
def create_contract(
    *,
    actor: Actor,
    common_name: str,
    buyer_uid: UUID,
    on: date,
    lots: Sequence[LotEntry] = (),
    **details: Unpack[ContractDetails],
) -> UUID:
    """Record a contract of a buyer, with its lots; return its uid.

    Only the common name and the buyer are needed. Raises NotAllowed, Absent (buyer), Invalid, AlreadyHeld.
    """
    demand(permissions.can_create_contract(actor))
    common_name = collapse(common_name)
    if not common_name:
        raise Invalid({"common_name": "Donnez le nom d'usage du marché."})
    check_details(details)
    buyer = get_organisation(actor=actor, uid=buyer_uid)
    values = _columns(actor, details)
    number = str(values.get("official_id", ""))
    refuse_duplicate(actor, buyer.id, number)
    row = found(
        Contract(
            owner_org_id=actor.organisation_id,
            buyer_id=buyer.id,
            common_name=common_name,
            sort_key=search_text(common_name, number, buyer.name, str(values.get("title", ""))),
            **values,
        )
    )
    created(ContractParty(contract=row, organisation_id=buyer.id, role=PartyRole.BUYER, valid_from=on))
    write_lots(row, lots)
    return row.uid


@operation("procurement.contract.changed")
def change_contract(
    *, actor: Actor, uid: UUID, common_name: str | None = None, **details: Unpack[ContractDetails]
) -> UUID:
    """Change what is known of a contract; a detail not given stays as it is. The state has its own verb.

    Raises NotAllowed, Absent, WrongState (contract over), Invalid, AlreadyHeld.
    """
    row = piloted_contract(actor, uid)
    values = _columns(actor, {name: value for name, value in details.items() if name != "state"})
    if common_name is not None:
        values["common_name"] = collapse(common_name)
        if not values["common_name"]:
            raise Invalid({"common_name": "Donnez le nom d'usage du marché."})
    now = {name: getattr(row, name) for name in ("starts_on", "ends_on", "consultation_on", "notified_on")}
    check_details({**now, **values})
    number = str(values.get("official_id", row.official_id))
    refuse_duplicate(actor, row.buyer_id, number, but=row.pk)
    name, title = str(values.get("common_name", row.common_name)), str(values.get("title", row.title))
    values["sort_key"] = search_text(name, number, row.buyer.name, title)
    change(row, **values)
    return row.uid
