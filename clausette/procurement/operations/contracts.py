"""Recording a contract, changing what is known of it, and its life from the study to the closing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import connection

from clausette.access.queries import get_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse, search_key
from clausette.procurement import permissions
from clausette.procurement.enums import ContractState, PartyRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Contract, ContractParty, WorksOperation
from clausette.procurement.operations.checks import check_details, piloted_contract
from clausette.procurement.operations.lots import LotEntry, write_lots
from clausette.procurement.queries.visibility import contracts_visible_to, operations_visible_to
from clausette.procurement.rules import check_transition, normal_number

# Leaving the usual road asks for a sentence that the file of the contract will keep (trade practice).
NEEDS_REASON = frozenset(
    {
        ContractState.SUSPENDED,
        ContractState.TERMINATED,
        ContractState.TRANSFERRED,
        ContractState.FRUITLESS,
        ContractState.ABANDONED,
        ContractState.STUDIED_WITHOUT_CLAUSE,
    }
)


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
    cpv: str
    place_code: str
    source: str
    operation_uid: UUID | None


@operation("procurement.operation.created")
def create_operation(*, actor: Actor, name: str, is_anru: bool = False) -> UUID:
    """Record an operation (project) of the actor's structure. Raises NotAllowed, AlreadyHeld."""
    demand(permissions.can_create_contract(actor))
    name = collapse(name)
    if not name:
        raise Refusal("Donnez un nom à l'opération.", "name")
    key = search_key(name)[:200]
    if operations_visible_to(actor).filter(owner_org_id=actor.organisation_id, sort_key=key).exists():
        raise AlreadyHeld("Une opération porte déjà ce nom.", "name")
    return created(
        WorksOperation(owner_org_id=actor.organisation_id, name=name, is_anru=is_anru, sort_key=key)
    ).uid


def _sort_key(common_name: str, official_id: str, buyer_name: str, title: str) -> str:
    return search_key(f"{common_name} {official_id} {buyer_name} {title}")[:400].strip()


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


def _refuse_duplicate(actor: Actor, buyer_id: int, official_id: str, but: int = 0) -> None:
    """Same structure, same buyer, same number written otherwise: it is the same contract (MODEL §1)."""
    if not official_id:
        return
    held = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id, buyer_id=buyer_id)
    for _pk, number, name in (
        held.exclude(pk=but).order_by("id").values_list("pk", "official_id", "common_name")
    ):
        if number and normal_number(number) == normal_number(official_id):
            raise AlreadyHeld(
                f"Ce marché existe déjà sous le nom « {name} » (numéro {number}).", "official_id"
            )


def _new_contract_id() -> int:
    """The contract is born with its pilot, by one function of the database (a statement of its own)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.found_contract(%s)", [str(uuid4())])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


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
    _refuse_duplicate(actor, buyer.id, number)
    row = created(
        Contract(
            id=_new_contract_id(),
            owner_org_id=actor.organisation_id,
            buyer_id=buyer.id,
            common_name=common_name,
            sort_key=_sort_key(common_name, number, buyer.name, str(values.get("title", ""))),
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
    _refuse_duplicate(actor, row.buyer_id, number, but=row.pk)
    name, title = str(values.get("common_name", row.common_name)), str(values.get("title", row.title))
    values["sort_key"] = _sort_key(name, number, row.buyer.name, title)
    change(row, **values)
    return row.uid


@operation("procurement.contract.moved")
def move_contract(*, actor: Actor, uid: UUID, to: ContractState, reason: str, on: date) -> UUID:
    """Change the state of a contract on a day, with the reason where the state asks for one.

    Raises NotAllowed, Absent, WrongState (not in the table of transitions), Invalid (reason missing).
    """
    seen = contracts_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_pilot(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=uid)
    check_transition(ContractState(row.state), to)
    reason = collapse(reason)
    if to in NEEDS_REASON and not reason:
        raise Invalid({"reason": f"Donnez le motif : le marché devient « {to.label} »."})
    because(f"{format_date(on)} : {reason}" if reason else format_date(on))
    values: dict[str, object] = {"state": to}
    if to == ContractState.NOTIFIED and row.notified_on is None:
        values["notified_on"] = on
    if to == ContractState.RUNNING and row.starts_on is None and (row.ends_on is None or row.ends_on >= on):
        values["starts_on"] = on
    change(row, **values)
    return row.uid
