"""The life of a contract: the steps it went through, what it begins again, what begins it again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import ContractState, TerminationReason
from clausette.procurement.models import Contract, ContractStep
from clausette.procurement.queries.documents import document_uid
from clausette.procurement.queries.visibility import contracts_visible_to, lots_visible_to, steps_visible_to
from clausette.procurement.rules import RELAUNCHED


@dataclass(frozen=True, slots=True)
class StepLine:
    """One move: day, states, cause of a termination, reason, paper."""

    uid: UUID
    on: date
    from_label: str
    to_state: str
    to_label: str
    motive_label: str
    reason: str
    document_uid: UUID | None


@dataclass(frozen=True, slots=True)
class Relative:
    """A contract tied to another one: accord-cadre, relaunched or relaunching contract."""

    uid: UUID
    common_name: str
    official_id: str
    state_label: str


@prepared
def _steps(actor: Actor, contract_id: int) -> QuerySet[ContractStep]:
    rows = steps_visible_to(actor).filter(contract_id=contract_id)
    return rows.annotate(document_uid=document_uid(actor)).order_by("-on", "-id")


def steps_of(*, actor: Actor, contract_id: int) -> tuple[StepLine, ...]:
    """Return the moves of a visible contract, the latest first (one query)."""
    return tuple(_step(row) for row in _steps(actor, contract_id))


def _step(row: ContractStep) -> StepLine:
    return StepLine(
        uid=row.uid,
        on=row.on,
        from_label=ContractState(row.from_state).label,
        to_state=row.to_state,
        to_label=ContractState(row.to_state).label,
        motive_label=TerminationReason(row.motive).label if row.motive else "",
        reason=row.reason,
        document_uid=getattr(row, "document_uid", None),
    )


@dataclass(frozen=True, slots=True)
class Ties:
    """What a contract depends on; None where there is nothing, or nothing that the actor may see."""

    framework: Relative | None
    framework_lot: str
    relaunches: Relative | None
    relaunched_by: Relative | None


def _relative(row: Contract | None) -> Relative | None:
    if row is None:
        return None
    return Relative(row.uid, row.common_name, row.official_id, ContractState(row.state).label)


NO_TIES = Ties(None, "", None, None)


def ties_of(actor: Actor, row: Contract) -> Ties:
    """Return what a visible contract is tied to: no query for a contract that stands alone."""
    seen = contracts_visible_to(actor)
    wanted = [pk for pk in (row.framework_id, row.relaunches_id) if pk]
    tied = {one.pk: one for one in seen.filter(pk__in=wanted).order_by("id")} if wanted else {}
    again = seen.filter(relaunches_id=row.pk).order_by("id").first() if row.state in RELAUNCHED else None
    lot = (
        lots_visible_to(actor).filter(pk=row.framework_lot_id).values_list("number", flat=True).first()
        if row.framework_lot_id
        else None
    )
    return Ties(
        _relative(tied.get(row.framework_id or 0)),
        lot or "",
        _relative(tied.get(row.relaunches_id or 0)),
        _relative(again),
    )
