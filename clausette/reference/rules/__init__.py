"""Rules of the reference: which dated row applies on a day, which days are worked in France."""

from clausette.reference.rules.calendar import easter, is_working_day, next_working_day, public_holidays
from clausette.reference.rules.dated import parameter_at, parameters_at, smic_at, threshold_at

__all__ = [
    "easter",
    "is_working_day",
    "next_working_day",
    "parameter_at",
    "parameters_at",
    "public_holidays",
    "smic_at",
    "threshold_at",
]
