"""« Cette année »: hours of the months of one civil year, beside what the year asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.agenda.queries.engagements import Pulse
from clausette.agenda.rules import elapsed_share

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Hours by month worked of one civil year. `due`: what the schedules ask of the year, firm parts, day by day.

    `elapsed`: share of the year gone.
    """

    year: int
    validated: Decimal
    declared: Decimal
    due: Decimal
    elapsed: Decimal


def this_year(*, on: date, rows: Sequence[Pulse]) -> YearFigures:
    """Return the figures of the civil year of `on`, from engagements already read."""
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    return YearFigures(
        year=on.year,
        validated=sum((row.progress.validated_in_year for row in rows), ZERO),
        declared=sum((row.progress.declared_in_year for row in rows), ZERO),
        due=sum((row.due_in_year for row in rows), ZERO),
        elapsed=elapsed_share(first, last, on),
    )
