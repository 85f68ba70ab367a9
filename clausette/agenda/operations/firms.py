"""What a facilitator does besides writing: calls a firm, puts its reminders off."""

from datetime import date, timedelta
from uuid import UUID

from clausette.agenda.models import Postponement
from clausette.agenda.permissions import can_remind
from clausette.agenda.queries.awaited import awaited_months
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import created, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import ExchangeKind
from clausette.procurement.operations import note_exchange

FURTHEST = timedelta(days=92)
"""Further than a quarter, an engagement is rather suspended."""


def _contracts(actor: Actor, firm_uid: UUID, on: date) -> dict[UUID, tuple[int, int]]:
    """The marchés whose months a firm owes: their number and that of the firm. Raises Absent."""
    rows = [one for one in awaited_months(actor=actor, on=on) if one.firm_uid == firm_uid]
    if not rows:
        raise Absent("agenda.Awaited")
    return {one.contract_uid: (one.contract_id, one.firm_id) for one in rows}


def note_call(*, actor: Actor, firm_uid: UUID, note: str, on: date) -> None:
    """Note a call to a firm, on each marché whose months it owes. Raises NotAllowed, Absent."""
    demand(can_remind(actor))
    for contract in _contracts(actor, firm_uid, on):
        note_exchange(
            actor=actor, contract_uid=contract, organisation_uid=firm_uid, kind=ExchangeKind.CALL, on=on, today=on,
            note=note,
        )  # fmt: skip


@operation("agenda.reminder.postponed")
def postpone(*, actor: Actor, firm_uid: UUID, until: date, reason: str, on: date) -> None:
    """Put off to a day the reminders of a firm, on each marché whose months it owes.

    Raises NotAllowed, Absent, Invalid (a day not to come or too far, no reason).
    """
    demand(can_remind(actor))
    errors = {}
    if until <= on:
        errors["until"] = "Choisissez un jour à venir."
    elif until > on + FURTHEST:
        errors["until"] = "Au plus trois mois. Au-delà, suspendez plutôt l'engagement."
    if not collapse(reason):
        errors["reason"] = "Dites pourquoi : vous le relirez ce jour-là."
    if errors:
        raise Invalid(errors)
    for contract, firm in _contracts(actor, firm_uid, on).values():
        created(
            Postponement(
                owner_org_id=actor.organisation_id, contract_id=contract, organisation_id=firm, until=until,
                reason=collapse(reason)[:300], put_by_id=actor.account_id,
            )
        )  # fmt: skip
