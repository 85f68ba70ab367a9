"""Verb of the levier juridique: what a structure advises for a purchase, and why."""

from uuid import UUID

from clausette.advice.permissions import can_study
from clausette.advice.queries.visibility import studies_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, lock, operation
from clausette.procurement.enums import LegalDeviceKind


@operation("advice.study.device_advised")
def advise_device(*, actor: Actor, study_uid: UUID, device: LegalDeviceKind, reasons: str) -> None:
    """Keep the levier juridique advised with its reasons. Raises Absent, NotAllowed, Invalid (no reason given)."""
    demand(can_study(actor))
    row = lock(studies_visible_to(actor), uid=study_uid)
    if not reasons.strip():
        raise Invalid({"reasons": "Dites pourquoi ce levier : le maître d'ouvrage le lira."})
    change(row, device=device, device_reasons=reasons.strip())
