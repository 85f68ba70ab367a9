"""What the structures in charge said of the hours that the actor's organisation declared."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clausette.hours.enums import LineState
from clausette.hours.queries.visible import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.placements.queries import placements_visible_to

RECENT = timedelta(days=60)
"""How long what was not retained stays on the first page of the firm."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hours not retained, or retained while a piece is awaited until a day; with the reason given. No name."""

    statement_uid: UUID
    contract_name: str
    month: date
    state: LineState
    hours: Decimal
    reason: str
    until: date | None


def told_of_own(*, actor: Actor, on: date) -> tuple[Told, ...]:
    """Return what was said lately of the lines that the actor's organisation declared. One query.

    Reasons speak of a person: only those of people whom the actor may know. Pieces awaited first, by limit date.
    """
    known = Exists(placements_visible_to(actor).filter(pk=OuterRef("placement_id")))
    lately = Q(state=LineState.REFUSED, statement__validated_at__date__gte=on - RECENT)
    rows = lines_visible_to(actor).filter(
        known, Q(state=LineState.RESERVED) | lately, declarant_id=actor.organisation_id
    )
    fields = (
        "statement__uid", "contract__common_name", "month", "state", "hours", "reason", "reserve_reason",
        "reserved_until",
    )  # fmt: skip
    found = [
        Told(uid, name, month, LineState(state), hours, awaited or reason, until)
        for uid, name, month, state, hours, reason, awaited, until in rows.order_by("-month", "id").values_list(*fields)
    ]
    return tuple(sorted(found, key=lambda one: one.until or date.max))
