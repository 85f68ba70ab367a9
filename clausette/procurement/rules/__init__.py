"""Life of a contract, obligation of a social condition, reconciliation of official records, pasted lots and amounts."""

from clausette.procurement.rules.amounts import AmountsPaste, parse_amounts, wrong_amount
from clausette.procurement.rules.amounts import wrong_day as wrong_amount_day
from clausette.procurement.rules.framework import Ceiling, ceiling
from clausette.procurement.rules.life import (
    NEEDS_REASON,
    RELAUNCHED,
    REOPENINGS,
    TRANSITIONS,
    allowed,
    check_transition,
    missing_to_move,
    needs_reason,
    next_states,
)
from clausette.procurement.rules.lots import CellError, LotRow, LotsPaste, parse_lots
from clausette.procurement.rules.obligation import (
    CLIMATE_PIVOT,
    Obligation,
    ObligationAnswer,
    social_obligation,
)
from clausette.procurement.rules.phases import DECISIONS, check_decision, decision_words, years_of
from clausette.procurement.rules.phases import wrong_day as wrong_decision_day
from clausette.procurement.rules.projects import MOST_CODES, CodesRead, parse_qpv_codes
from clausette.procurement.rules.ranks import makes_loop, rank_of
from clausette.procurement.rules.reconcile import (
    Candidate,
    Match,
    MatchKind,
    Record,
    normal_number,
    reconcile,
)
from clausette.procurement.rules.shares import wrong_shares
from clausette.procurement.rules.silence import silent_since

__all__ = [
    "CLIMATE_PIVOT",
    "DECISIONS",
    "MOST_CODES",
    "NEEDS_REASON",
    "RELAUNCHED",
    "REOPENINGS",
    "TRANSITIONS",
    "AmountsPaste",
    "Candidate",
    "Ceiling",
    "CellError",
    "CodesRead",
    "LotRow",
    "LotsPaste",
    "Match",
    "MatchKind",
    "Obligation",
    "ObligationAnswer",
    "Record",
    "allowed",
    "ceiling",
    "check_decision",
    "check_transition",
    "decision_words",
    "makes_loop",
    "missing_to_move",
    "needs_reason",
    "next_states",
    "normal_number",
    "parse_amounts",
    "parse_lots",
    "parse_qpv_codes",
    "rank_of",
    "reconcile",
    "silent_since",
    "social_obligation",
    "wrong_amount",
    "wrong_amount_day",
    "wrong_decision_day",
    "wrong_shares",
    "years_of",
]
