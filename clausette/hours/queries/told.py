"""What the structures in charge said of the hours that the actor's organisation declared."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clausette.hours.enums import LineState, UnlistedState
from clausette.hours.queries.visible import lines_visible_to, unlisted_visible_to
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
    unlisted: bool = False
    """Somebody whom the firm named, in no list."""


def told_of_own(*, actor: Actor, on: date) -> tuple[Told, ...]:
    """Return what was said lately of the hours that the actor's organisation declared. Two queries.

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
    found += _unlisted(actor, on)
    return tuple(sorted(found, key=lambda one: one.until or date.max))


def _unlisted(actor: Actor, on: date) -> list[Told]:
    """People named by the firm who were not retained lately."""
    rows = unlisted_visible_to(actor).filter(
        declarant_id=actor.organisation_id, state=UnlistedState.REFUSED, settled_at__date__gte=on - RECENT
    )
    fields = ("statement__uid", "contract__common_name", "month", "hours", "reason")
    return [
        Told(uid, name, month, LineState.REFUSED, hours, reason, None, unlisted=True)
        for uid, name, month, hours, reason in rows.order_by("-month", "id").values_list(*fields)
    ]
