"""Hours that count of one engagement by firm: the host of each month, the declarant of hours without names."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from clausette.hours.enums import LineState
from clausette.hours.queries.found import KEPT
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to, openings_visible_to
from clausette.hours.rules.members import Stay, host_in
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HoursByFirm:
    """`firms`: hours that count by organisation. `unknown`: of no known host. `opening`: taken over, of no firm."""

    firms: dict[int, Decimal]
    unknown: Decimal
    opening: Decimal


def hours_by_firm(*, actor: Actor, commitment_id: int, as_of: date) -> HoursByFirm:
    """Return the hours that count up to a day by the firm where they were worked (four queries)."""
    lines = lines_visible_to(actor).filter(commitment_id=commitment_id, month__lte=as_of, state__in=KEPT)
    worked = lines.order_by().values_list("placement_id", "month").annotate(total=Sum("hours"))
    stays: dict[int, list[Stay]] = defaultdict(list)
    for placement, host, starts_on, ends_on in (
        allocations_visible_to(actor)
        .filter(commitment_id=commitment_id)
        .order_by("starts_on", "id")
        .values_list("placement_id", "host_company_id", "starts_on", "ends_on")
    ):
        stays[placement].append(Stay(host, starts_on, ends_on))
    firms: dict[int, Decimal] = defaultdict(lambda: ZERO)
    unknown = ZERO
    for placement, month, hours in worked:
        there = host_in(month, stays.get(placement, ()))
        if there is None:
            unknown += hours
        else:
            firms[there] += hours
    unnamed = collective_visible_to(actor).filter(
        commitment_id=commitment_id, month__lte=as_of, state=LineState.VALIDATED
    )
    for declarant, hours in unnamed.order_by().values_list("declarant_id").annotate(total=Sum("hours")):
        firms[declarant] += hours
    balances = openings_visible_to(actor).filter(commitment_id=commitment_id, withdrawn_at=None, as_of__lte=as_of)
    opening = balances.aggregate(total=Sum("hours"))["total"] or ZERO
    return HoursByFirm(dict(firms), unknown, opening)
