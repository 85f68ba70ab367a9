"""Which contracts exist for the actor: the same meaning as the policies of `0002_rights`, written a second time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from clausette.access.queries import memberships_of_account
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.models import (
    AmountEntry,
    AskedSubcontractor,
    Award,
    Contract,
    ContractModification,
    ContractParty,
    ContractPhase,
    ContractStep,
    DepositContract,
    Exchange,
    Lot,
    Mandate,
    OperationParty,
    PartyContact,
    Subcontract,
    WorksOperation,
)
from clausette.procurement.queries.taking_part import TakesPart

M = TypeVar("M", bound=Model)


def takes_part(actor: Actor, *roles: str, contract: str = "contract_id") -> TakesPart:
    """Condition: the actor's organisation takes part today in the contract named by the column `contract`.

    `roles`: PartyRole values, any of them; any role when none is given. Lent to the rooms above.
    A structure and a buyer follow the rows of hundreds of contracts: theirs are read once, as a set.
    """
    many = not actor.deposit and (actor.can("facilitator") or actor.can("buyer"))
    return TakesPart(
        contract, actor.organisation_id, tuple(str(role) for role in roles), deposit=actor.deposit, many=many
    )


def contracts_visible_to(actor: Actor) -> QuerySet[Contract]:
    """Contracts in which the actor's organisation takes part today."""
    return narrow(Contract.objects.all(), takes_part(actor, contract="pk"))


def lots_visible_to(actor: Actor) -> QuerySet[Lot]:
    """Lots of the visible contracts."""
    return narrow(Lot.objects.all(), takes_part(actor))


def awards_visible_to(actor: Actor) -> QuerySet[Award]:
    """Awards of the visible contracts."""
    return narrow(Award.objects.all(), takes_part(actor))


def parties_visible_to(actor: Actor) -> QuerySet[ContractParty]:
    """Parties of the visible contracts, revoked ones included."""
    return narrow(ContractParty.objects.all(), takes_part(actor))


def modifications_visible_to(actor: Actor) -> QuerySet[ContractModification]:
    """Modifications of the visible contracts."""
    return narrow(ContractModification.objects.all(), takes_part(actor))


def phases_visible_to(actor: Actor) -> QuerySet[ContractPhase]:
    """Phases of the visible contracts."""
    return narrow(ContractPhase.objects.all(), takes_part(actor))


def steps_visible_to(actor: Actor) -> QuerySet[ContractStep]:
    """History of the states of the visible contracts."""
    return narrow(ContractStep.objects.all(), takes_part(actor))


def contacts_visible_to(actor: Actor) -> QuerySet[PartyContact]:
    """Contacts typed by the actor's structure on the contracts it still sees."""
    return narrow(PartyContact.objects.all(), Q(owner_org_id=actor.owner_id) & Q(takes_part(actor)))


def deposit_contracts_visible_to(actor: Actor) -> QuerySet[DepositContract]:
    """What the actor's structure opened for « dépôts sans compte » on the contracts it still sees, ended included."""
    return narrow(DepositContract.objects.all(), Q(owner_org_id=actor.owner_id) & Q(takes_part(actor)))


def mandates_visible_to(actor: Actor) -> QuerySet[Mandate]:
    """Mandates that the actor's firm gave, those held by the actor or its organisation; by a mandate, those in use."""
    own = Q(account_id=actor.account_id)
    if actor.deposit:
        seats = memberships_of_account(account_id=actor.account_id)
        held = own | Q(holder_id__in=seats)
        return narrow(Mandate.objects.all(), Q(organisation_id=actor.organisation_id) & held)
    mine = Q(organisation_id=actor.owner_id) | Q(holder_id=actor.owner_id)
    return narrow(Mandate.objects.all(), mine | own)


def asked_visible_to(actor: Actor) -> QuerySet[AskedSubcontractor]:
    """Sub-contractors that the actor's firm asked for, and those asked on the contracts its structure follows."""
    follows = takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT)
    own = Q(head_id=actor.owner_id) & Q(takes_part(actor))
    return narrow(AskedSubcontractor.objects.all(), own | Q(follows))


def exchanges_visible_to(actor: Actor) -> QuerySet[Exchange]:
    """Exchanges of the actor's own structure with the firms of the contracts in which it takes part."""
    return narrow(Exchange.objects.all(), Q(owner_org_id=actor.owner_id) & Q(takes_part(actor)))


def amounts_visible_to(actor: Actor) -> QuerySet[AmountEntry]:
    """Orders and invoices, withdrawn ones included: all for structures and buyer, its own for a titulaire."""
    whole = takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT, PartyRole.BUYER)
    own = Q(contractor_id=actor.organisation_id) & Q(takes_part(actor))
    return narrow(AmountEntry.objects.all(), Q(whole) | own)


def operation_parties_visible_to(actor: Actor) -> QuerySet[OperationParty]:
    """Maîtres d'ouvrage and funders of the visible operations."""
    seen = Contract.objects.filter(takes_part(actor, contract="pk"), operation_id=OuterRef("operation_id"))
    return narrow(OperationParty.objects.all(), Q(owner_org_id=actor.owner_id) | Q(Exists(seen)))


def subcontracts_visible_to(actor: Actor) -> QuerySet[Subcontract]:
    """Declared subcontracts of the visible contracts."""
    return narrow(Subcontract.objects.all(), takes_part(actor))


def operations_visible_to(actor: Actor) -> QuerySet[WorksOperation]:
    """Operations of the actor's structure, and those of the visible contracts."""
    seen = Contract.objects.filter(takes_part(actor, contract="pk"), operation_id=OuterRef("pk"))
    return narrow(WorksOperation.objects.all(), Q(owner_org_id=actor.owner_id) | Q(Exists(seen)))


@dataclass(frozen=True, slots=True)
class ContractKey:
    """What other rooms need to know of a contract."""

    id: int
    uid: UUID
    owner_org_id: int
    buyer_id: int
    buyer_uid: UUID
    buyer_name: str
    buyer_body_kind: str
    common_name: str
    official_id: str
    kind: str
    nature: str
    device: str
    state: str
    amount_ht: Decimal | None
    consultation_on: date | None
    notified_on: date | None
    starts_on: date | None
    ends_on: date | None


def _key(row: Contract) -> ContractKey:
    return ContractKey(
        id=row.pk,
        uid=row.uid,
        owner_org_id=row.owner_org_id,
        buyer_id=row.buyer_id,
        buyer_uid=row.buyer.uid,
        buyer_name=row.buyer.name,
        buyer_body_kind=row.buyer.body_kind,
        common_name=row.common_name,
        official_id=row.official_id,
        kind=row.kind,
        nature=row.nature,
        device=row.device,
        state=row.state,
        amount_ht=row.amount_ht,
        consultation_on=row.consultation_on,
        notified_on=row.notified_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def contract_key(actor: Actor, uid: UUID) -> ContractKey:
    """Return the key of a visible contract. Raises Absent."""
    found = contracts_visible_to(actor).select_related("buyer").filter(uid=uid).first()
    if found is None:
        raise Absent("procurement.Contract")
    return _key(found)


@prepared
def _keyed(actor: Actor, ids: list[int]) -> QuerySet[Contract]:
    return contracts_visible_to(actor).filter(Among("pk", ids)).select_related("buyer").order_by("id")


def contract_keys(actor: Actor, ids: Iterable[int]) -> dict[int, ContractKey]:
    """Return the keys of the visible contracts among these internal numbers, by number (one query)."""
    return {row.pk: _key(row) for row in _keyed(actor, list(ids))}


@dataclass(frozen=True, slots=True)
class LotKey:
    """What other rooms need to know of a lot."""

    id: int
    uid: UUID
    contract_id: int
    number: str
    title: str
    has_clause: bool


@prepared
def _lots(actor: Actor, ids: list[int]) -> QuerySet[Lot]:
    return lots_visible_to(actor).filter(Among("pk", ids)).order_by("id")


def _lot_key(row: Lot) -> LotKey:
    return LotKey(row.pk, row.uid, row.contract_id, row.number, row.title, row.has_clause)


def lot_keys(actor: Actor, ids: Iterable[int]) -> dict[int, LotKey]:
    """Return the visible lots among these internal numbers, by number (one query)."""
    return {row.pk: _lot_key(row) for row in _lots(actor, list(ids))}


@prepared
def _lot_and_contract(actor: Actor, lot_id: int) -> QuerySet[Lot]:
    # who sees a lot is who sees its contract
    return lots_visible_to(actor).filter(pk=lot_id).select_related("contract", "contract__buyer").order_by("id")


def contract_and_lot(actor: Actor, *, contract_id: int, lot_id: int | None) -> tuple[ContractKey, LotKey | None]:
    """Return the key of a visible contract, and that of one of its lots (one query). Raises Absent."""
    if lot_id is not None:
        for row in _lot_and_contract(actor, lot_id):
            return _key(row.contract), _lot_key(row)
    contract = contract_keys(actor, [contract_id]).get(contract_id)
    if lot_id is not None or contract is None:
        raise Absent("procurement.Contract")
    return contract, None


def lot_id(actor: Actor, *, contract_id: int, uid: UUID | None) -> int | None:
    """Return the internal number of a lot of this contract, None for None. Raises Absent."""
    if uid is None:
        return None
    found = (
        lots_visible_to(actor).filter(contract_id=contract_id, uid=uid).values_list("pk", flat=True).first()
    )
    if found is None:
        raise Absent("procurement.Lot")
    return found
