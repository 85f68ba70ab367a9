"""« Cette année »: hours of the months of one civil year, beside what the year asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from clausette.agenda.queries.engagements import Engagement
from clausette.agenda.rules import elapsed_share
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.rules import three_figures
from clausette.hours.enums import LineState
from clausette.hours.queries import lines_visible_to
from clausette.kernel.actor import Actor

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Hours by month worked of one civil year. `due`: what the schedules ask of the year, firm parts, day by day.

    `people`: different persons with at least one validated hour. `elapsed`: share of the year gone.
    """

    year: int
    validated: Decimal
    declared: Decimal
    due: Decimal
    people: int
    elapsed: Decimal


def due_in(engagement: Engagement, first: date, last: date) -> Decimal:
    """Return the hours due firm between two days, both included; 0 for a suivi sans objectif chiffré."""
    if engagement.kind == CommitmentKind.FOLLOWED or not engagement.parts:
        return ZERO
    before = three_figures(engagement.parts, first - timedelta(days=1)).to_date
    return three_figures(engagement.parts, last).to_date - before


def this_year(*, actor: Actor, on: date, rows: Sequence[Engagement], with_people: bool = True) -> YearFigures:
    """Return the figures of the civil year of `on`, for engagements already read (one query)."""
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    lines = lines_visible_to(actor).filter(
        commitment_id__in=[row.id for row in rows], month__gte=first, month__lte=on
    )
    done = Q(state=LineState.VALIDATED)
    asked = {
        "validated": Sum("hours", filter=done),
        "declared": Sum("hours", filter=Q(state=LineState.DECLARED)),
    }
    if with_people:
        asked["people"] = Count("placement__participant_id", filter=done, distinct=True)
    sums = lines.order_by().aggregate(**asked)
    return YearFigures(
        year=on.year,
        validated=sums["validated"] or ZERO,
        declared=sums["declared"] or ZERO,
        due=sum((due_in(row, first, last) for row in rows), ZERO),
        people=sums.get("people") or 0,
        elapsed=elapsed_share(first, last, on),
    )
