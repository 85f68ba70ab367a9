"""Hours retained under reserve whose limit is near or passed: each asks for a gesture."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import LineState
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.visible import PILOTS, lines_visible_to
from clausette.kernel.actor import Actor
from clausette.procurement.queries import takes_part


@dataclass(frozen=True, slots=True)
class ReservedLine:
    """One line under reserve, on a contract in charge of the actor."""

    line_uid: UUID
    contract_name: str
    person: str
    participant_uid: UUID | None
    month: date
    hours: Decimal
    until: date
    reason: str


def reserves_ending(*, actor: Actor, until: date) -> tuple[ReservedLine, ...]:
    """Return the reserves whose limit is on or before a day, the first first. Two queries."""
    rows = lines_visible_to(actor).filter(
        takes_part(actor, *PILOTS), state=LineState.RESERVED, reserved_until__lte=until
    )
    found = list(
        rows.order_by("reserved_until", "id").values_list(
            "uid", "contract__common_name", "placement_id", "month", "hours", "reserved_until", "reserve_reason"
        )
    )
    persons = persons_of(actor=actor, placement_ids=[row[2] for row in found]) if found else {}
    lines = []
    for uid, contract, placement, month, hours, limit, reason in found:
        person = persons.get(placement)
        name, participant = (person.name, person.participant_uid) if person else ("", None)
        if limit is not None:
            lines.append(ReservedLine(uid, contract, name, participant, month, hours, limit, reason))
    return tuple(lines)
