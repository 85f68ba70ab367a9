"""From which month statements are expected of an engagement taken over under way (trade practice, MODEL §5)."""

from datetime import date

from clausette.kernel.months import add_months, first_day, last_day


def expected_from(
    *, starts_on: date, opening_on: date | None, last_month: date | None, on: date
) -> date | None:
    """Return the first month whose statement is expected; None when it is the month of the start.

    A workbook tells all that is known up to `last_month`, the last one of all its lines of hours, which may still be
    coming in; a balance, what was before its day. Told by neither, the months before the day `on` of the takeover are
    asked of nobody.
    """
    after = [] if last_month is None else [first_day(last_month)]
    if opening_on is not None:
        over = opening_on == last_day(opening_on)
        after.append(add_months(first_day(opening_on), 1) if over else first_day(opening_on))
    month = max(after, default=first_day(on))
    return month if month > first_day(starts_on) else None
