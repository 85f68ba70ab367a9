"""Whom to call about a contract: the contacts of the actor's own structure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared
from clausette.procurement.models import PartyContact
from clausette.procurement.queries.visibility import contacts_visible_to


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact."""

    uid: UUID
    contract_uid: UUID
    organisation_uid: UUID
    organisation_name: str
    name: str
    function: str
    email: str
    phone: str
    closed_on: date | None


def _line(row: PartyContact) -> ContactLine:
    return ContactLine(
        uid=row.uid,
        contract_uid=row.contract.uid,
        organisation_uid=row.organisation.uid,
        organisation_name=row.organisation.name,
        name=row.name,
        function=row.function,
        email=row.email,
        phone=row.phone,
        closed_on=row.closed_on,
    )


@prepared
def _of(actor: Actor, contract_id: int) -> QuerySet[PartyContact]:
    rows = contacts_visible_to(actor).filter(contract_id=contract_id, closed_on=None)
    return rows.select_related("contract", "organisation").order_by("organisation__sort_key", "name", "id")


def contacts_of(*, actor: Actor, contract_id: int) -> tuple[ContactLine, ...]:
    """Return the contacts kept by the actor's structure on a contract, those in use, by organisation (one query)."""
    return tuple(_line(row) for row in _of(actor, contract_id))


def contact_line(*, actor: Actor, uid: UUID) -> ContactLine:
    """Return one contact of the actor's structure. Raises Absent."""
    row = contacts_visible_to(actor).filter(uid=uid).select_related("contract", "organisation").first()
    if row is None:
        raise Absent("procurement.PartyContact")
    return _line(row)


@dataclass(frozen=True, slots=True)
class ContactOn:
    """How to reach an organisation about a contract, by their internal numbers."""

    contract_id: int
    organisation_id: int
    name: str
    function: str
    email: str
    phone: str


def contacts_on(*, actor: Actor, contract_ids: Collection[int]) -> tuple[ContactOn, ...]:
    """Return the contacts in use of the actor's structure on these contracts, the first noted first (one query)."""
    rows = contacts_visible_to(actor).filter(contract_id__in=contract_ids, closed_on=None).order_by("id")
    return tuple(
        ContactOn(*row)
        for row in rows.values_list("contract_id", "organisation_id", "name", "function", "email", "phone")
    )
