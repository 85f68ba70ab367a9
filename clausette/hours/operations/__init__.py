"""What can be done with hours: one function per verb."""

from clausette.hours.operations.carrying import carry_surplus, give_back_surplus
from clausette.hours.operations.collective import correct_collective, remove_collective, save_collective
from clausette.hours.operations.common import StatementRef
from clausette.hours.operations.confirming import Answer, AnswersKept, answer_hours, decide_confirmation
from clausette.hours.operations.correcting import add_line, correct_line
from clausette.hours.operations.filling import fill_statements
from clausette.hours.operations.filling_parts import FilledLine, FilledStatement, NothingFilled
from clausette.hours.operations.globalising import globalise
from clausette.hours.operations.keeping import keep_hours
from clausette.hours.operations.life import (
    LATE,
    CleanResult,
    return_statement,
    submit_statement,
    validate_clean,
    validate_statement,
)
from clausette.hours.operations.matching import match_unlisted, refuse_unlisted
from clausette.hours.operations.merging import merge_participants
from clausette.hours.operations.naming import name_unlisted, withdraw_unlisted
from clausette.hours.operations.openings import record_opening_balance, withdraw_opening_balance
from clausette.hours.operations.pieces import Upload, attach_evidence, leave_piece, take_piece_away
from clausette.hours.operations.priors import NewTraining, remove_prior, save_prior
from clausette.hours.operations.proposing import (
    AllAccepted,
    Proposed,
    accept_proposal,
    accept_proposals,
    decline_proposal,
    propose_correction,
    withdraw_proposal,
)
from clausette.hours.operations.proposing_many import (
    NothingProposed,
    ProposedLine,
    propose_lines,
    waiting_of_file,
    withdraw_file_proposals,
)
from clausette.hours.operations.recounting import (
    Decided,
    change_default_rules,
    change_rules,
    correct_outside,
)
from clausette.hours.operations.reopening import (
    Asked,
    accept_reopening,
    apply_reopening,
    ask_reopening,
    cancel_reopening,
    decline_reopening,
    lapse_reopening,
)
from clausette.hours.operations.reporting import change_reporting
from clausette.hours.operations.reserving import settle_reserve
from clausette.hours.operations.splitting import split_total
from clausette.hours.operations.taking_back import take_back
from clausette.hours.operations.taking_over import TakenLine, take_over_lines
from clausette.hours.operations.transfers import transfer_balance
from clausette.hours.operations.typing import Sheet, save_grid, save_statement
from clausette.hours.operations.valuing import say_rule, withdraw_default_rules, withdraw_rule
from clausette.hours.operations.withdrawing import StatementStays, Withdrawn, WrittenLine, withdraw_filled
from clausette.hours.rules.certifying import Signer
from clausette.hours.rules.entries import Entry
from clausette.hours.rules.reserves import Reserve
from clausette.hours.rules.unlisted import NewUnlisted

__all__ = [
    "LATE",
    "AllAccepted",
    "Answer",
    "AnswersKept",
    "Asked",
    "CleanResult",
    "Decided",
    "Entry",
    "FilledLine",
    "FilledStatement",
    "NewTraining",
    "NewUnlisted",
    "NothingFilled",
    "NothingProposed",
    "Proposed",
    "ProposedLine",
    "Reserve",
    "Sheet",
    "Signer",
    "StatementRef",
    "StatementStays",
    "TakenLine",
    "Upload",
    "Withdrawn",
    "WrittenLine",
    "accept_proposal",
    "accept_proposals",
    "accept_reopening",
    "add_line",
    "answer_hours",
    "apply_reopening",
    "ask_reopening",
    "attach_evidence",
    "cancel_reopening",
    "carry_surplus",
    "change_default_rules",
    "change_reporting",
    "change_rules",
    "correct_collective",
    "correct_line",
    "correct_outside",
    "decide_confirmation",
    "decline_proposal",
    "decline_reopening",
    "fill_statements",
    "give_back_surplus",
    "globalise",
    "keep_hours",
    "lapse_reopening",
    "leave_piece",
    "match_unlisted",
    "merge_participants",
    "name_unlisted",
    "propose_correction",
    "propose_lines",
    "record_opening_balance",
    "refuse_unlisted",
    "remove_collective",
    "remove_prior",
    "return_statement",
    "save_collective",
    "save_grid",
    "save_prior",
    "save_statement",
    "say_rule",
    "settle_reserve",
    "split_total",
    "submit_statement",
    "take_back",
    "take_over_lines",
    "take_piece_away",
    "transfer_balance",
    "validate_clean",
    "validate_statement",
    "waiting_of_file",
    "withdraw_default_rules",
    "withdraw_file_proposals",
    "withdraw_filled",
    "withdraw_opening_balance",
    "withdraw_proposal",
    "withdraw_rule",
    "withdraw_unlisted",
]
