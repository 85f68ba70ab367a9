"""Sub-contractors that firms ask for: those of one's own firm, those that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.enums import AskedState, PartyRole
from clausette.procurement.models import AskedSubcontractor
from clausette.procurement.queries.parties import FIRMS
from clausette.procurement.queries.visibility import asked_visible_to, contracts_visible_to, takes_part


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One request. `email`, `full_name`: "" once answered."""

    uid: UUID
    contract_uid: UUID
    contract_name: str
    head_name: str
    asked_by: str
    asked_at: datetime
    name: str
    siret: str
    email: str
    full_name: str
    state: AskedState
    reason: str

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state == AskedState.WAITING


def leads_in(*, actor: Actor, contract_id: int) -> bool:
    """Tell whether the actor's firm is titulaire, cotraitant or sous-traitant of a contract today (one query)."""
    return contracts_visible_to(actor).filter(takes_part(actor, *FIRMS, contract="pk"), pk=contract_id).exists()


def _rows(actor: Actor) -> QuerySet[AskedSubcontractor]:
    return asked_visible_to(actor).select_related("contract", "head", "asked_by")


def _line(row: AskedSubcontractor) -> AskedLine:
    return AskedLine(
        row.uid, row.contract.uid, row.contract.common_name, row.head.name, row.asked_by.full_name, row.created_at,
        row.name, row.siret, row.email, row.full_name, AskedState(row.state), row.reason,
    )  # fmt: skip


def asked_of_own(*, actor: Actor, contract_id: int) -> tuple[AskedLine, ...]:
    """Return what the actor's firm asked on a contract, the last first (one query)."""
    rows = _rows(actor).filter(head_id=actor.owner_id, contract_id=contract_id)
    return tuple(_line(row) for row in rows.order_by("-id"))


def asked_line(*, actor: Actor, uid: UUID) -> AskedLine:
    """Return one request. Raises Absent."""
    row = _rows(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("procurement.AskedSubcontractor")
    return _line(row)


def asked_waiting(*, actor: Actor) -> tuple[AskedLine, ...]:
    """Return the requests that the actor's structure may answer, the oldest first (one query)."""
    rows = _rows(actor).filter(takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT), state=AskedState.WAITING)
    return tuple(_line(row) for row in rows.order_by("id"))
