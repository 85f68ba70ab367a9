"""Verbs of the procurement room."""

from clausette.procurement.operations.awards import MemberEntry, award, end_award, record_modification
from clausette.procurement.operations.contracts import (
    ContractDetails,
    change_contract,
    create_contract,
    create_operation,
    move_contract,
)
from clausette.procurement.operations.lots import LotEntry, add_lots
from clausette.procurement.operations.parties import admit_party, revoke_share, share_contract

__all__ = [
    "ContractDetails",
    "LotEntry",
    "MemberEntry",
    "add_lots",
    "admit_party",
    "award",
    "change_contract",
    "create_contract",
    "create_operation",
    "end_award",
    "move_contract",
    "record_modification",
    "revoke_share",
    "share_contract",
]
