"""« Dépôts sans compte » of the structure: who, on which contract, until when; and their links for the mails."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from clausette.access.deposit_rules import is_locked
from clausette.access.links import deposit_link
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared
from clausette.procurement.models import DepositContract
from clausette.procurement.queries.visibility import deposit_contracts_visible_to


@dataclass(frozen=True, slots=True)
class DepositLine:
    """A « dépôt sans compte » on a contract. `seen_at`: the last time that the person came in."""

    uid: UUID
    contract_uid: UUID
    contract_name: str
    organisation_uid: UUID
    organisation_name: str
    name: str
    email: str
    opened_on: datetime
    opened_by: str
    ends_on: date
    revoked_at: datetime | None
    locked: bool
    seen_at: datetime | None

    def is_open(self, on: date) -> bool:
        """Tell whether it still opens the contract that day."""
        return self.revoked_at is None and self.ends_on >= on


def _line(row: DepositContract) -> DepositLine:
    deposit = row.deposit
    return DepositLine(
        uid=row.uid,
        contract_uid=row.contract.uid,
        contract_name=row.contract.common_name,
        organisation_uid=row.organisation.uid,
        organisation_name=row.organisation.name,
        name=deposit.full_name or deposit.account.full_name,
        email=deposit.email,
        opened_on=row.created_at,
        opened_by=row.opened_by.full_name,
        ends_on=row.ends_on,
        revoked_at=row.revoked_at,
        locked=is_locked(deposit.failures),
        seen_at=deposit.account.last_login,
    )


def _rows(actor: Actor) -> QuerySet[DepositContract]:
    return deposit_contracts_visible_to(actor).select_related(
        "contract", "organisation", "opened_by", "deposit", "deposit__account"
    )


def deposits_on(*, actor: Actor, contract_id: int) -> tuple[DepositLine, ...]:
    """Return the deposits of the actor's structure on a contract, ended ones included, the last first (one query)."""
    return tuple(_line(row) for row in _on(actor, contract_id))


@prepared
def _on(actor: Actor, contract_id: int) -> QuerySet[DepositContract]:
    return _rows(actor).filter(contract_id=contract_id).order_by("-id")


def deposit_line(*, actor: Actor, uid: UUID) -> DepositLine:
    """Return one deposit of the actor's structure. Raises Absent."""
    row = _rows(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("procurement.DepositContract")
    return _line(row)


def deposit_paths(*, actor: Actor, organisations: Collection[int], on: date) -> dict[tuple[int, str], str]:
    """Return the paths of the open links of the actor's structure, by organisation and address (one query)."""
    rows = deposit_contracts_visible_to(actor).filter(
        organisation_id__in=set(organisations), revoked_at=None, ends_on__gte=on
    )
    found = rows.order_by("id").values_list("organisation_id", "deposit__email", "deposit__link")
    return {(organisation, email): deposit_link(link) for organisation, email, link in found}
