"""Which structure reports hours (structure déclarante), and from when it may change (MODEL §3, trade practice)."""

from datetime import date

from clausette.hours.rules.years import closing_of
from clausette.kernel.french import format_month
from clausette.kernel.months import first_day


def first_open_month(on: date, *, closing_month: int) -> date:
    """Return the first month whose year is not closed on `on`: hours of closed years keep who reported them."""
    before = on.year - 1
    return date(on.year if on > closing_of(before, month=closing_month) else before, 1, 1)


def refusals_of_change(
    from_month: date, ends_on: date, on: date, *, closing_month: int, same: bool
) -> dict[str, str]:
    """Return, by field, why another structure cannot report from that month on; {} when it can.

    `ends_on`: of the engagement. `same`: the structure chosen already reports that month.
    """
    refused: dict[str, str] = {}
    opened = first_open_month(on, closing_month=closing_month)
    if from_month != first_day(from_month):
        refused["from_month"] = "Un mois est noté par son premier jour."
    elif from_month < opened:
        refused["from_month"] = (
            f"Les années closes gardent leur structure déclarante : au plus tôt {format_month(opened)}."
        )
    elif from_month > ends_on:
        refused["from_month"] = f"L'engagement prend fin en {format_month(first_day(ends_on))}."
    if same:
        refused["structure"] = "Cette structure déclare déjà ces heures à partir de ce mois."
    return refused
