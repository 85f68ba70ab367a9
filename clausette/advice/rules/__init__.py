"""Rules of the advice before the tender: test of the social condition, calculation of hours, warnings."""

from clausette.advice.rules.asking import NEEDED, USED, Ask, check_ask, total_of
from clausette.advice.rules.calibration import CALIBRATION_RULES, Calibration, calibrate
from clausette.advice.rules.capacity import capacity, capacity_told, dependence
from clausette.advice.rules.cleaning import CleaningHours, cleaning_hours, cleaning_warnings
from clausette.advice.rules.device import DEVICE_RULES, DeviceAdvice, suggest
from clausette.advice.rules.device_facts import DeviceFacts, DeviceRules
from clausette.advice.rules.equivalents import Equivalents, equivalents
from clausette.advice.rules.labour import cpv_digits, trade_of, trades_of_cpv
from clausette.advice.rules.life import (
    OPEN,
    TRANSITIONS,
    WITH_REASON,
    answer_due,
    check_move,
    days_late,
    next_study_states,
)
from clausette.advice.rules.limits import Limits, limits_of
from clausette.advice.rules.obligation import (
    OBLIGATION_RULES,
    Facts,
    Motive,
    ObligationTest,
    Purchase,
    motives,
    obligation,
)
from clausette.advice.rules.proposing import Completed, TradeProposal, UsualCost, complete
from clausette.advice.rules.warnings import Warned, warnings_of

__all__ = [
    "CALIBRATION_RULES",
    "DEVICE_RULES",
    "NEEDED",
    "OBLIGATION_RULES",
    "OPEN",
    "TRANSITIONS",
    "USED",
    "WITH_REASON",
    "Ask",
    "Calibration",
    "CleaningHours",
    "Completed",
    "DeviceAdvice",
    "DeviceFacts",
    "DeviceRules",
    "Equivalents",
    "Facts",
    "Limits",
    "Motive",
    "ObligationTest",
    "Purchase",
    "TradeProposal",
    "UsualCost",
    "Warned",
    "answer_due",
    "calibrate",
    "capacity",
    "capacity_told",
    "check_ask",
    "check_move",
    "cleaning_hours",
    "cleaning_warnings",
    "complete",
    "cpv_digits",
    "days_late",
    "dependence",
    "equivalents",
    "limits_of",
    "motives",
    "next_study_states",
    "obligation",
    "suggest",
    "total_of",
    "trade_of",
    "trades_of_cpv",
    "warnings_of",
]
