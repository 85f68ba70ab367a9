"""Operations (projects): their page, and the list of them."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import OperationRole
from clausette.procurement.queries.contracts import ContractFilters, ContractLine, list_contracts
from clausette.procurement.queries.visibility import (
    contracts_visible_to,
    operation_parties_visible_to,
    operations_visible_to,
)

MOST_CONTRACTS = 500


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation in the list: how many visible contracts, for how much."""

    uid: UUID
    name: str
    is_anru: bool
    contracts: int
    amount_ht: Decimal | None


@dataclass(frozen=True, slots=True)
class OperationBody:
    """A maître d'ouvrage or a funder of an operation."""

    uid: UUID
    organisation_uid: UUID
    name: str
    role: OperationRole


@dataclass(frozen=True, slots=True)
class OperationSheet:
    """All that the page of an operation says."""

    id: int
    uid: UUID
    owner_org_id: int
    owner_name: str
    name: str
    is_anru: bool
    qpv_codes: tuple[str, ...]
    bodies: tuple[OperationBody, ...]
    contracts: tuple[ContractLine, ...]

    @property
    def amount_ht(self) -> Decimal:
        """Amounts of the contracts that have one; what is made under an accord-cadre shown here counts once."""
        shown = {line.id for line in self.contracts}
        return sum(
            (line.amount_ht for line in self.contracts if line.amount_ht and line.framework_id not in shown),
            Decimal(0),
        )


def list_operations(*, actor: Actor) -> tuple[OperationLine, ...]:
    """Return the visible operations, by name (two queries)."""
    counted = (
        contracts_visible_to(actor)
        .exclude(operation_id=None)
        .order_by()
        .values("operation_id")
        .annotate(contracts=Count("id"), amount=Sum("amount_ht", filter=Q(framework=None)))
        .order_by("operation_id")
    )
    found = {row["operation_id"]: row for row in counted}
    return tuple(
        OperationLine(
            row.uid,
            row.name,
            row.is_anru,
            found[row.pk]["contracts"] if row.pk in found else 0,
            found[row.pk]["amount"] if row.pk in found else None,
        )
        for row in operations_visible_to(actor).order_by("sort_key", "id")
    )


def operation_sheet(*, actor: Actor, uid: UUID) -> OperationSheet:
    """Return a visible operation with its bodies and its visible contracts. Raises Absent."""
    row = operations_visible_to(actor).select_related("owner_org").filter(uid=uid).first()
    if row is None:
        raise Absent("procurement.WorksOperation")
    bodies = operation_parties_visible_to(actor).filter(operation=row, ended_on=None)
    lines = list_contracts(actor=actor, filters=ContractFilters(operation_uid=uid), size=MOST_CONTRACTS)
    return OperationSheet(
        id=row.pk,
        uid=row.uid,
        owner_org_id=row.owner_org_id,
        owner_name=row.owner_org.name,
        name=row.name,
        is_anru=row.is_anru,
        qpv_codes=tuple(row.qpv_codes),
        bodies=tuple(
            OperationBody(one.uid, one.organisation.uid, one.organisation.name, OperationRole(one.role))
            for one in bodies.select_related("organisation").order_by("role", "organisation__sort_key", "id")
        ),
        contracts=lines.rows,
    )


def operation_of_party(*, actor: Actor, uid: UUID) -> UUID:
    """Return the uid of the operation of one of its bodies. Raises Absent."""
    found = operation_parties_visible_to(actor).filter(uid=uid).values_list("operation__uid", flat=True).first()
    if found is None:
        raise Absent("procurement.OperationParty")
    return found
