"""Noting an exchange with a firm: one click, then the next action of the contract waits again."""

from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import created, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import ExchangeKind
from clausette.procurement.models import Exchange
from clausette.procurement.operations.checks import organisation_pk
from clausette.procurement.queries.parties import shares_contract
from clausette.procurement.queries.visibility import contracts_visible_to, parties_visible_to


@operation("procurement.exchange.noted")
def note_exchange(
    *,
    actor: Actor,
    contract_uid: UUID,
    organisation_uid: UUID,
    kind: ExchangeKind,
    on: date,
    today: date,
    note: str = "",
) -> UUID:
    """Note that the structure had an exchange with a firm of a contract on a day.

    Raises NotAllowed, Absent, Invalid (a body that takes no part, a day to come).
    """
    contract = contracts_visible_to(actor).filter(uid=contract_uid).first()
    if contract is None:
        raise Absent("procurement.Contract")
    shares = shares_contract(actor=actor, contract_id=contract.pk)
    demand(permissions.can_keep_contacts(actor, owner_org_id=contract.owner_org_id, shares=shares))
    if on > today:
        raise Invalid({"on": "Un échange se note une fois qu'il a eu lieu."})
    firm = organisation_pk(actor, organisation_uid)
    held = parties_visible_to(actor).filter(contract=contract, organisation_id=firm, revoked_at=None)
    if not held.exists():
        raise Invalid({"organisation": "Cet organisme ne prend pas part au marché."})
    return created(
        Exchange(
            owner_org_id=actor.organisation_id, contract=contract, organisation_id=firm, kind=kind, on=on,
            note=collapse(note)[:500], noted_by_id=actor.account_id,
        )
    ).uid  # fmt: skip
