"""Declared subcontracts: the act, then its changes; the firm takes part from the day of the act."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.operation import created, operation
from clausette.procurement.enums import Source
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import Subcontract
from clausette.procurement.operations.checks import check_details, organisation_pk, piloted_contract


@dataclass(frozen=True, slots=True)
class SubcontractEntry:
    """One act, or with `revises` a dated change of it. Amount: new total in euros without tax; None: not said."""

    number: int
    firm_uid: UUID
    notified_on: date
    amount_ht: Decimal | None = None
    duration_months: int | None = None
    published_on: date | None = None
    revises: bool = False
    source: Source = Source.TYPED


@operation("procurement.subcontract.created")
def record_subcontract(*, actor: Actor, contract_uid: UUID, entry: SubcontractEntry) -> UUID:
    """Record an act of a contract or a change of one; the place of the firm in the contract has its own verb.

    Raises NotAllowed, Absent, AlreadyHeld (same number, same day), Invalid.
    """
    contract = piloted_contract(actor, contract_uid)
    check_details({"duration_months": entry.duration_months, "amount_ht": entry.amount_ht})
    same = Subcontract.objects.filter(
        contract=contract, number=entry.number, revises=entry.revises, notified_on=entry.notified_on
    )
    if same.exists():
        raise AlreadyHeld(f"L'acte de sous-traitance {entry.number} est déjà enregistré à cette date.", "number")
    return created(
        Subcontract(
            contract=contract,
            number=entry.number,
            revises=entry.revises,
            firm_id=organisation_pk(actor, entry.firm_uid),
            notified_on=entry.notified_on,
            amount_ht=entry.amount_ht,
            duration_months=entry.duration_months,
            published_on=entry.published_on,
            source=entry.source,
        )
    ).uid
