"""Values of practice that the advice uses, out of the dated parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """Hours in hours, shares from 0 to 1, costs in euros per hour, durations in months.

    Below `least_hours` a clause inserts little, above `heavy_share` of the labour it weighs, under `least_months` it is
    too short; `cleaning_least` and `cleaning_hour` are those of the PACT Propreté.
    A figure is far from the past ones beyond `far_factor` times their middle, once `past_least` can be compared.
    """

    least_hours: Decimal = Decimal(70)
    heavy_share: Decimal = Decimal("0.20")
    least_months: Decimal = Decimal(2)
    month_hours: Decimal = Decimal("151.67")
    week_hours: Decimal = Decimal(35)
    cleaning_least: Decimal = Decimal(150)
    cleaning_hour: Decimal = Decimal(25)
    far_factor: Decimal = Decimal(2)
    past_least: Decimal = Decimal(3)


def limits_of(values: Mapping[str, Decimal]) -> Limits:
    """Return the limits that these parameters of a day say; a missing one keeps the practice known at release."""
    usual = Limits()
    return Limits(
        least_hours=values.get("advice_least_hours", usual.least_hours),
        heavy_share=values.get("advice_heavy_share", usual.heavy_share),
        least_months=values.get("advice_least_months", usual.least_months),
        month_hours=values.get("month_hours", usual.month_hours),
        week_hours=values.get("week_hours", usual.week_hours),
        cleaning_least=values.get("cleaning_least_hours", usual.cleaning_least),
        cleaning_hour=values.get("cleaning_turnover_hour", usual.cleaning_hour),
        far_factor=values.get("advice_far_factor", usual.far_factor),
        past_least=values.get("advice_past_least", usual.past_least),
    )
