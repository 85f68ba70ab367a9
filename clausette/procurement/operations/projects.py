"""Operations (projects): what is known of them, their maîtres d'ouvrage, their funders."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse, search_key
from clausette.procurement import permissions
from clausette.procurement.enums import OperationRole
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import OperationParty, WorksOperation
from clausette.procurement.operations.checks import organisation_pk
from clausette.procurement.queries.visibility import operation_parties_visible_to, operations_visible_to
from clausette.procurement.rules import MOST_CODES, parse_qpv_codes


def _named(actor: Actor, name: str, but: int = 0) -> tuple[str, str]:
    """The name and its key, free among the operations of the structure. Raises Refusal, AlreadyHeld."""
    name = collapse(name)
    if not name:
        raise Refusal("Donnez un nom à l'opération.", "name")
    key = search_key(name)[:200]
    same = operations_visible_to(actor).filter(owner_org_id=actor.organisation_id, sort_key=key)
    if same.exclude(pk=but).exists():
        raise AlreadyHeld("Une opération porte déjà ce nom.", "name")
    return name, key


def _codes(codes: Sequence[str]) -> list[str]:
    read = parse_qpv_codes(" ".join(codes))
    if read.wrong:
        raise Invalid({"qpv_codes": f"{read.wrong[0]} n'est pas un code de quartier (QN00101M ou QP059001)."})
    if len(read.codes) > MOST_CODES:
        raise Invalid({"qpv_codes": f"{MOST_CODES} quartiers au plus."})
    return list(read.codes)


@operation("procurement.operation.created")
def create_operation(
    *, actor: Actor, name: str, is_anru: bool = False, qpv_codes: Sequence[str] = ()
) -> UUID:
    """Record an operation (project) of the actor's structure. Raises NotAllowed, AlreadyHeld, Invalid."""
    demand(permissions.can_create_contract(actor))
    name, key = _named(actor, name)
    return created(
        WorksOperation(
            owner_org_id=actor.organisation_id,
            name=name,
            is_anru=is_anru,
            qpv_codes=_codes(qpv_codes),
            sort_key=key,
        )
    ).uid


def _own(actor: Actor, uid: UUID) -> WorksOperation:
    seen = operations_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is None:
        raise Absent("procurement.WorksOperation")
    demand(permissions.can_change_operation(actor, owner_org_id=known.owner_org_id))
    return lock(seen, uid=uid)


@operation("procurement.operation.changed")
def change_operation(
    *, actor: Actor, uid: UUID, name: str, is_anru: bool, qpv_codes: Sequence[str]
) -> UUID:
    """Change what is known of an operation. Raises NotAllowed, Absent, AlreadyHeld, Invalid."""
    row = _own(actor, uid)
    name, key = _named(actor, name, but=row.pk)
    change(row, name=name, sort_key=key, is_anru=is_anru, qpv_codes=_codes(qpv_codes))
    return row.uid


@operation("procurement.operation.joined")
def add_operation_party(*, actor: Actor, uid: UUID, organisation_uid: UUID, role: OperationRole) -> UUID:
    """Name a maître d'ouvrage or a funder of an operation; return the uid of its place. It opens no contract.

    Raises NotAllowed, Absent, AlreadyHeld.
    """
    row = _own(actor, uid)
    organisation_id = organisation_pk(actor, organisation_uid)
    held = OperationParty.objects.filter(
        operation=row, organisation_id=organisation_id, role=role, ended_on=None
    )
    if held.exists():
        raise AlreadyHeld(f"Cet organisme est déjà {role.label.lower()} de l'opération.", "organisation")
    return created(
        OperationParty(
            owner_org_id=row.owner_org_id, operation=row, organisation_id=organisation_id, role=role
        )
    ).uid


@operation("procurement.operation.left")
def end_operation_party(*, actor: Actor, party_uid: UUID, on: date) -> UUID:
    """Say that a body no longer takes part in an operation. Raises NotAllowed, Absent, WrongState."""
    seen = operation_parties_visible_to(actor)
    known = seen.filter(uid=party_uid).first()
    if known is None:
        raise Absent("procurement.OperationParty")
    demand(permissions.can_change_operation(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=party_uid)
    if row.ended_on is not None:
        raise WrongState("Cet organisme n'y prend déjà plus part.")
    change(row, ended_on=on)
    return row.uid
