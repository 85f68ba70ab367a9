"""Life of a contract, obligation of a social condition, reconciliation of official records, pasted lots."""

from clausette.procurement.rules.life import TRANSITIONS, allowed, check_transition, next_states
from clausette.procurement.rules.lots import CellError, LotRow, LotsPaste, parse_lots
from clausette.procurement.rules.obligation import (
    CLIMATE_PIVOT,
    Obligation,
    ObligationAnswer,
    social_obligation,
)
from clausette.procurement.rules.reconcile import (
    Candidate,
    Match,
    MatchKind,
    Record,
    normal_number,
    reconcile,
)

__all__ = [
    "CLIMATE_PIVOT",
    "TRANSITIONS",
    "Candidate",
    "CellError",
    "LotRow",
    "LotsPaste",
    "Match",
    "MatchKind",
    "Obligation",
    "ObligationAnswer",
    "Record",
    "allowed",
    "check_transition",
    "next_states",
    "normal_number",
    "parse_lots",
    "reconcile",
    "social_obligation",
]
