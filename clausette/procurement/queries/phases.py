"""Phases of a contract: tranches, reconductions, years; lent to the room that owes hours on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import PhaseKind, PhaseState
from clausette.procurement.models import DECIDED_LATER, ContractPhase
from clausette.procurement.queries.documents import document_uid
from clausette.procurement.queries.visibility import phases_visible_to
from clausette.procurement.rules import decision_words


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase; both days are inside it. `id`: for a foreign key of the rooms above."""

    id: int
    uid: UUID
    contract_id: int
    contract_uid: UUID
    lot_uid: UUID | None
    lot_number: str
    kind: PhaseKind
    number: int
    label: str
    starts_on: date
    ends_on: date
    amount_ht: Decimal | None
    state: PhaseState
    decided_on: date | None
    reason: str
    document_uid: UUID | None

    @property
    def name(self) -> str:
        """« Tranche optionnelle 2 · logements », « Année de concession 3 »."""
        told = f"{self.kind.label} {self.number}"
        return f"{told} · {self.label}" if self.label else told

    @property
    def waits(self) -> bool:
        """Whether a decision is still to be taken."""
        return self.kind in DECIDED_LATER and self.state == PhaseState.PLANNED

    @property
    def told(self) -> str:
        """« Affermie », « Non reconduite », « À décider », « Ferme »."""
        return decision_words(self.kind, self.state)


def _line(row: ContractPhase) -> PhaseLine:
    return PhaseLine(
        id=row.pk,
        uid=row.uid,
        contract_id=row.contract_id,
        contract_uid=row.contract.uid,
        lot_uid=row.lot.uid if row.lot else None,
        lot_number=row.lot.number if row.lot else "",
        kind=PhaseKind(row.kind),
        number=row.number,
        label=row.label,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        amount_ht=row.amount_ht,
        state=PhaseState(row.state),
        decided_on=row.decided_on,
        reason=row.reason,
        document_uid=getattr(row, "document_uid", None),
    )


@prepared
def _of(actor: Actor, contract_id: int) -> QuerySet[ContractPhase]:
    rows = phases_visible_to(actor).filter(contract_id=contract_id).select_related("contract", "lot")
    return rows.annotate(document_uid=document_uid(actor)).order_by("starts_on", "kind", "number", "id")


def phases_of(*, actor: Actor, contract_id: int) -> tuple[PhaseLine, ...]:
    """Return the phases of a visible contract, in the order of time (one query)."""
    return tuple(_line(row) for row in _of(actor, contract_id))


def phase_line(*, actor: Actor, uid: UUID) -> PhaseLine:
    """Return one visible phase. Raises Absent."""
    rows = phases_visible_to(actor).filter(uid=uid).select_related("contract", "lot")
    row = rows.annotate(document_uid=document_uid(actor)).first()
    if row is None:
        raise Absent("procurement.ContractPhase")
    return _line(row)
