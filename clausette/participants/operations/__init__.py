"""Verbs about persons: registered, corrected, checked; a decision is never rewritten, it is withdrawn or followed."""

from clausette.participants.operations.checks import (
    CategoryEntry,
    ask_check,
    decide_eligibility,
    take_over_check,
    withdraw_check,
)
from clausette.participants.operations.evidence import choose_evidence
from clausette.participants.operations.homes import HomeEntry, admit_options, keep_home
from clausette.participants.operations.limits import move_limit, withdraw_move
from clausette.participants.operations.merging import absorb, release
from clausette.participants.operations.needs import close_need, tell_need, tie_prescriber, untie_prescriber
from clausette.participants.operations.notes import Opinion
from clausette.participants.operations.persons import change_participant, create_participant
from clausette.participants.operations.pieces import Paper, join_piece, remove_piece
from clausette.participants.operations.referrals import (
    Candidate,
    Told,
    accept_referral,
    complete_referral,
    propose_referral,
    refuse_referral,
    return_referral,
    take_referral,
    withdraw_referral,
)
from clausette.participants.operations.twins import seek_twins, settle_different
from clausette.participants.operations.waiting import hold_check, take_check
from clausette.participants.rules.contacts import contact_errors

__all__ = [
    "Candidate",
    "CategoryEntry",
    "HomeEntry",
    "Opinion",
    "Paper",
    "Told",
    "absorb",
    "accept_referral",
    "admit_options",
    "ask_check",
    "change_participant",
    "choose_evidence",
    "close_need",
    "complete_referral",
    "contact_errors",
    "create_participant",
    "decide_eligibility",
    "hold_check",
    "join_piece",
    "keep_home",
    "move_limit",
    "propose_referral",
    "refuse_referral",
    "release",
    "remove_piece",
    "return_referral",
    "seek_twins",
    "settle_different",
    "take_check",
    "take_over_check",
    "take_referral",
    "tell_need",
    "tie_prescriber",
    "untie_prescriber",
    "withdraw_check",
    "withdraw_move",
    "withdraw_referral",
]
