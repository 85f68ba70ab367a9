"""Bons de commande and marchés subséquents, made under an accord-cadre and never above its maximum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import about, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractKind, ContractState, PartyRole
from clausette.procurement.models import UNDER_FRAMEWORK, Award, Contract, ContractParty
from clausette.procurement.operations.awards import award
from clausette.procurement.operations.checks import (
    check_details,
    lot_of,
    organisation_pk,
    piloted_contract,
    refuse_duplicate,
    search_text,
)
from clausette.procurement.operations.founding import found, one_at_a_time
from clausette.procurement.operations.parties import Place, take_place
from clausette.procurement.queries.amounts import ceiling_of


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """An order or a marché subséquent: euros without tax, days inclusive."""

    kind: ContractKind
    common_name: str
    amount_ht: Decimal | None = None
    official_id: str = ""
    notified_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    lot_uid: UUID | None = None
    contractor_uid: UUID | None = None
    buyer_uid: UUID | None = None


def _framework(actor: Actor, uid: UUID) -> Contract:
    row = piloted_contract(actor, uid)
    if row.kind != ContractKind.FRAMEWORK:
        raise Invalid({"": "Seul un accord-cadre reçoit des commandes et des marchés subséquents."})
    return row


def _buyer_id(actor: Actor, framework: Contract, uid: UUID | None) -> int:
    """The maître d'ouvrage of the order: that of the accord-cadre, or a member of its groupement de commandes."""
    if uid is None:
        return framework.buyer_id
    found_id = organisation_pk(actor, uid)
    members = ContractParty.objects.filter(contract=framework, role=PartyRole.BUYER, revoked_at=None)
    if not members.filter(organisation_id=found_id).exists():
        raise Invalid({"buyer": "Cet organisme n'est pas maître d'ouvrage de l'accord-cadre."})
    return found_id


def _values(actor: Actor, framework: Contract, entry: OrderEntry) -> Contract:
    buyer_id = _buyer_id(actor, framework, entry.buyer_uid)
    number = collapse(entry.official_id)
    refuse_duplicate(actor, buyer_id, number)
    row = Contract(
        owner_org_id=framework.owner_org_id,
        buyer_id=buyer_id,
        operation_id=framework.operation_id,
        referent_id=framework.referent_id,
        framework=framework,
        framework_lot=lot_of(framework, entry.lot_uid),
        kind=entry.kind,
        nature=framework.nature,
        device=framework.device,
        state=ContractState.NOTIFIED if entry.notified_on else ContractState.AWARDED,
        common_name=collapse(entry.common_name),
        official_id=number,
        consultation_on=framework.consultation_on,
        notified_on=entry.notified_on,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        amount_ht=entry.amount_ht,
        cpv=framework.cpv,
        place_code=framework.place_code,
    )
    row.sort_key = search_text(row.common_name, number, row.buyer.name, framework.common_name)
    return row


@operation("procurement.order.created")
def create_order(*, actor: Actor, framework_uid: UUID, entry: OrderEntry, on: date) -> UUID:
    """Record a bon de commande or a marché subséquent of an accord-cadre; return the uid of this contract.

    The titulaire given takes it (that of the accord-cadre, or of its lot, when there is only one). Raises
    NotAllowed, Absent, WrongState, AlreadyHeld, Invalid: above the maximum, not under an accord-cadre.
    """
    framework = _framework(actor, framework_uid)
    if entry.kind not in UNDER_FRAMEWORK:
        raise Invalid({"kind": "Choisissez un bon de commande ou un marché subséquent."})
    if not collapse(entry.common_name):
        raise Invalid({"common_name": "Donnez le nom d'usage de cette commande."})
    details = {name: getattr(entry, name) for name in ("amount_ht", "starts_on", "ends_on", "notified_on")}
    check_details({**details, "consultation_on": framework.consultation_on})
    one_at_a_time(framework.pk)
    row = _values(actor, framework, entry)
    for lot in (None, row.framework_lot) if row.framework_lot else (None,):
        if told := ceiling_of(actor=actor, contract=framework, lot=lot).refusal(entry.amount_ht):
            raise Invalid({"amount_ht": told})
    found(row)
    about(contract_id=framework.pk)
    take_place(row, Place(row.buyer_id, PartyRole.BUYER, on))
    firm = entry.contractor_uid or _only_firm(framework, row)
    if firm is not None:
        award(
            actor=actor, contract_uid=row.uid, contractor_uid=firm, on=on,
            amount_ht=entry.amount_ht, notified_on=entry.notified_on,
        )  # fmt: skip
    return row.uid


def _only_firm(framework: Contract, row: Contract) -> UUID | None:
    """The one titulaire of the accord-cadre, or of the lot; None when there are several or none."""
    held = Award.objects.filter(contract=framework, ended_on=None)
    if row.framework_lot is not None:
        held = held.filter(lot=row.framework_lot)
    firms = set(held.order_by("id").values_list("contractor__uid", flat=True))
    return firms.pop() if len(firms) == 1 else None
