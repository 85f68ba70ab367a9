"""Rules of the advice before the tender: test of the social condition, calculation of hours, warnings."""

from clausette.advice.rules.asking import NEEDED, USED, Ask, check_ask, total_of
from clausette.advice.rules.calibration import CALIBRATION_RULES, Calibration, calibrate
from clausette.advice.rules.capacity import capacity, capacity_told, dependence
from clausette.advice.rules.cleaning import CleaningHours, cleaning_hours, cleaning_warnings
from clausette.advice.rules.comparing import Comparison, PastFigure, compare, far_from, per_100k
from clausette.advice.rules.cpv import known_cpv, nature_of_cpv, nature_told
from clausette.advice.rules.device import DEVICE_RULES, DeviceAdvice, suggest
from clausette.advice.rules.device_facts import DeviceFacts, DeviceRules
from clausette.advice.rules.engaging import (
    FOLLOWABLE,
    ROAD,
    STATES,
    Kept,
    Planned,
    check_awardable,
    check_followable,
    kept_of,
    kind_of,
    planned,
    steps_between,
)
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
from clausette.advice.rules.own import OwnFigure, OwnFigures, check_figure, in_force
from clausette.advice.rules.places import department_of, same_place
from clausette.advice.rules.proposing import Completed, TradeProposal, UsualCost, complete
from clausette.advice.rules.purchase import (
    KnownPurchase,
    check_changeable,
    check_waiver,
    missing_to_test,
    purchase_of,
)
from clausette.advice.rules.scoring import Offered, Past, Reason
from clausette.advice.rules.screening import (
    SCREENING_RULES,
    Band,
    Ground,
    HoursAt,
    Line,
    Offer,
    Screened,
    screen,
    with_wholes,
)
from clausette.advice.rules.tender import Difference, TenderReading, read_tender
from clausette.advice.rules.warnings import Warned, warnings_of
from clausette.advice.rules.weights import Weights, weights_of

__all__ = [
    "CALIBRATION_RULES",
    "DEVICE_RULES",
    "FOLLOWABLE",
    "NEEDED",
    "OBLIGATION_RULES",
    "OPEN",
    "ROAD",
    "SCREENING_RULES",
    "STATES",
    "TRANSITIONS",
    "USED",
    "WITH_REASON",
    "Ask",
    "Band",
    "Calibration",
    "CleaningHours",
    "Comparison",
    "Completed",
    "DeviceAdvice",
    "DeviceFacts",
    "DeviceRules",
    "Difference",
    "Equivalents",
    "Facts",
    "Ground",
    "HoursAt",
    "Kept",
    "KnownPurchase",
    "Limits",
    "Line",
    "Motive",
    "ObligationTest",
    "Offer",
    "Offered",
    "OwnFigure",
    "OwnFigures",
    "Past",
    "PastFigure",
    "Planned",
    "Purchase",
    "Reason",
    "Screened",
    "TenderReading",
    "TradeProposal",
    "UsualCost",
    "Warned",
    "Weights",
    "answer_due",
    "calibrate",
    "capacity",
    "capacity_told",
    "check_ask",
    "check_awardable",
    "check_changeable",
    "check_figure",
    "check_followable",
    "check_move",
    "check_waiver",
    "cleaning_hours",
    "cleaning_warnings",
    "compare",
    "complete",
    "cpv_digits",
    "days_late",
    "department_of",
    "dependence",
    "equivalents",
    "far_from",
    "in_force",
    "kept_of",
    "kind_of",
    "known_cpv",
    "limits_of",
    "missing_to_test",
    "motives",
    "nature_of_cpv",
    "nature_told",
    "next_study_states",
    "obligation",
    "per_100k",
    "planned",
    "purchase_of",
    "read_tender",
    "same_place",
    "screen",
    "steps_between",
    "suggest",
    "total_of",
    "trade_of",
    "trades_of_cpv",
    "warnings_of",
    "weights_of",
    "with_wholes",
]
