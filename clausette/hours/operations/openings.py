"""Taking over the hours of an engagement under way, and withdrawing a balance typed wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Min

from clausette.commitments.queries import commitment_key
from clausette.files.queries import file_id
from clausette.hours.enums import LineState
from clausette.hours.models import OpeningBalance, OpeningBalanceYear
from clausette.hours.operations.common import plain_text
from clausette.hours.permissions import can_take_over
from clausette.hours.queries.visible import (
    collective_visible_to,
    contract_parts,
    lines_visible_to,
    openings_visible_to,
)
from clausette.hours.rules.openings import OpeningFacts, refusals_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import about, because, change, created, lock, operation


@operation("hours.opening.created")
def record_opening_balance(
    *,
    actor: Actor,
    commitment_uid: UUID,
    as_of: date,
    hours: Decimal,
    by_year: Mapping[int, Decimal],
    document_uid: UUID,
    on: date,
) -> UUID:
    """Record the hours of an engagement validated before we began; return the uid of the balance.

    `by_year`: the part whose year is known, may be empty or partial. Raises Invalid (« as_of », « hours »,
    « by_year »), NotAllowed, Absent; Refusal when the engagement already has a balance.
    """
    key = commitment_key(actor, commitment_uid)
    demand(can_take_over(contract_parts(actor, [key.contract_id])[key.contract_id]))
    facts = OpeningFacts(as_of, hours, by_year, key.starts_on, _typed(actor, key.id))
    refused = refusals_of(facts, on)
    if refused:
        raise Invalid(refused)
    about(contract_id=key.contract_id)
    row = created(
        OpeningBalance(
            contract_id=key.contract_id, commitment_id=key.id, as_of=as_of, hours=hours,
            document_id=file_id(actor, document_uid), entered_by_id=actor.account_id,
        )
    )  # fmt: skip
    for year, part in sorted(by_year.items()):
        created(
            OpeningBalanceYear(
                balance=row,
                contract_id=row.contract_id,
                commitment_id=row.commitment_id,
                year=year,
                hours=part,
            )
        )
    return row.uid


def _typed(actor: Actor, commitment_id: int) -> date | None:
    """The earliest month with hours typed for the engagement, whatever their state but « non retenues »."""
    of = {"commitment_id": commitment_id}
    months = [
        rows.filter(**of).exclude(state=LineState.REFUSED).order_by().aggregate(first=Min("month"))["first"]
        for rows in (lines_visible_to(actor), collective_visible_to(actor))
    ]
    return min((month for month in months if month is not None), default=None)


@operation("hours.opening.withdrawn")
def withdraw_opening_balance(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Withdraw a balance typed wrong: it counts no more, and another may be recorded; return its uid.

    Raises Invalid (« reason »), WrongState (already withdrawn), NotAllowed, Absent.
    """
    row = lock(openings_visible_to(actor), uid=uid)
    demand(can_take_over(contract_parts(actor, [row.contract_id])[row.contract_id]))
    if row.withdrawn_at is not None:
        raise WrongState("Cette reprise est déjà retirée.")
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi cette reprise est retirée."
    )
    about(contract_id=row.contract_id)
    because(text)
    change(row, withdrawn_at=at, withdrawn_reason=text)
    return row.uid
