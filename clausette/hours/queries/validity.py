"""First clause hour of persons, and until when their hours are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.db.models.functions import Greatest

from clausette.hours.enums import LineState
from clausette.hours.queries.visible import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.participants.rules import hours_until

COUNTED = (LineState.DECLARED, LineState.VALIDATED)


@dataclass(frozen=True, slots=True)
class Counted:
    """First clause hour known of a person (its month, or the hiring if later) and « heures comptées jusqu'au »."""

    first_hour_on: date
    until: date


def hours_until_of(*, actor: Actor, participant_ids: Iterable[int], months: int = 24) -> dict[int, Counted]:
    """Return « heures comptées jusqu'au » of these persons, by participant id; none without any clause hour.

    From the lines declared or validated that the actor sees. `months`: dated parameter (24). One query.
    """
    lines = lines_visible_to(actor).filter(
        placement__participant_id__in=set(participant_ids), state__in=COUNTED
    )
    firsts = (
        lines.order_by()
        .values_list("placement__participant_id")
        .annotate(first=Min(Greatest("month", "placement__starts_on")))
    )
    return {person: Counted(first, hours_until(first, months=months)) for person, first in firsts}
