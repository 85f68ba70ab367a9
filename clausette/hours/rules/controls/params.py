"""The dated values that the controls compare with, and the day of the control."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ControlParams:
    """The day of the control, then dated parameters under their codes (clausette/reference/facts/parameters.py).

    Hours: `monthly_ceiling`, `weekly_ceiling` (a week), `month_hours`, `minor_week` (a week),
    `week_hours` (a week at full time), `rhythm_gap`.
    Ratios: `weekly_tolerance`, `rhythm_jump`. Counts: `minor_age` (years), `rhythm_months`, `limit_soon_days`,
    `regularisation_months`, `year_closing_month`. Training before hiring, where an engagement admits it without
    saying how much: `before_hiring_hours` (a person), `before_hiring_share` (of the hours due), `before_hiring_days`.
    """

    on: date
    monthly_ceiling: Decimal
    weekly_tolerance: Decimal
    month_hours: Decimal
    weekly_ceiling: Decimal
    minor_age: Decimal
    minor_week: Decimal
    week_hours: Decimal
    rhythm_jump: Decimal
    rhythm_gap: Decimal
    rhythm_months: Decimal
    limit_soon_days: Decimal
    regularisation_months: Decimal
    year_closing_month: Decimal
    before_hiring_hours: Decimal
    before_hiring_share: Decimal
    before_hiring_days: Decimal

    @classmethod
    def of(cls, on: date, values: Mapping[str, Decimal]) -> "ControlParams":
        """Build from the dated parameters known on `on`, by code. Raises KeyError when one is absent."""
        return cls(on, **{code: values[code] for code in PARAMETER_CODES})


PARAMETER_CODES = tuple(one.name for one in fields(ControlParams) if one.name != "on")
"""Codes of the dated parameters that at least one control reads."""
