"""Verbs of the procurement room."""

from clausette.procurement.operations.amounts import AmountLine, enter_amounts, withdraw_amount
from clausette.procurement.operations.asked import (
    AskedEntry,
    accept_asked,
    ask_subcontractor,
    refuse_asked,
    withdraw_asked,
)
from clausette.procurement.operations.awards import MemberEntry, award, end_award, record_modification
from clausette.procurement.operations.buyers import admit_for_buyer, end_party, set_share
from clausette.procurement.operations.contacts import (
    ContactDetails,
    add_contact,
    change_contact,
    close_contact,
)
from clausette.procurement.operations.contracts import ContractDetails, change_contract, create_contract
from clausette.procurement.operations.deposits import (
    OpenedDeposit,
    extend_deposit,
    give_word,
    open_deposit,
    revoke_deposit,
    send_deposit_link,
)
from clausette.procurement.operations.exchanges import note_exchange
from clausette.procurement.operations.frameworks import OrderEntry, create_order
from clausette.procurement.operations.life import move_contract, relaunch_contract
from clausette.procurement.operations.lots import LotEntry, add_lots
from clausette.procurement.operations.mandates import (
    MandateEntry,
    accept_mandate,
    extend_mandate,
    give_mandate,
    open_mandate_account,
    revoke_mandate,
    send_mandate_link,
)
from clausette.procurement.operations.parties import admit_party, revoke_share, share_contract
from clausette.procurement.operations.phases import PhaseEntry, decide_phase, plan_phase, plan_years
from clausette.procurement.operations.projects import (
    add_operation_party,
    change_operation,
    create_operation,
    end_operation_party,
)
from clausette.procurement.operations.referents import hand_over
from clausette.procurement.operations.subcontracts import SubcontractEntry, record_subcontract
from clausette.procurement.operations.transfers import transfer_award

__all__ = [
    "AmountLine",
    "AskedEntry",
    "ContactDetails",
    "ContractDetails",
    "LotEntry",
    "MandateEntry",
    "MemberEntry",
    "OpenedDeposit",
    "OrderEntry",
    "PhaseEntry",
    "SubcontractEntry",
    "accept_asked",
    "accept_mandate",
    "add_contact",
    "add_lots",
    "add_operation_party",
    "admit_for_buyer",
    "admit_party",
    "ask_subcontractor",
    "award",
    "change_contact",
    "change_contract",
    "change_operation",
    "close_contact",
    "create_contract",
    "create_operation",
    "create_order",
    "decide_phase",
    "end_award",
    "end_operation_party",
    "end_party",
    "enter_amounts",
    "extend_deposit",
    "extend_mandate",
    "give_mandate",
    "give_word",
    "hand_over",
    "move_contract",
    "note_exchange",
    "open_deposit",
    "open_mandate_account",
    "plan_phase",
    "plan_years",
    "record_modification",
    "record_subcontract",
    "refuse_asked",
    "relaunch_contract",
    "revoke_deposit",
    "revoke_mandate",
    "revoke_share",
    "send_deposit_link",
    "send_mandate_link",
    "set_share",
    "share_contract",
    "transfer_award",
    "withdraw_amount",
    "withdraw_asked",
]
