"""Verbs of the imports: take in, choose, apply, give up; deal with what a publication changed."""

from clausette.imports.operations.applying import (
    IN_REQUEST,
    Applied,
    apply_batch,
    cancel_batch,
    give_back,
    hand_over,
)
from clausette.imports.operations.changing import close_change
from clausette.imports.operations.choosing import Decision, choose, choose_all
from clausette.imports.operations.reading import READ_IN_REQUEST, hand_over_reading, read_batch
from clausette.imports.operations.reconciling import accept_match, follow_record, leave_match, leave_record
from clausette.imports.operations.taking import compare_again, hand_in_decp, take_in_decp

__all__ = [
    "IN_REQUEST",
    "READ_IN_REQUEST",
    "Applied",
    "Decision",
    "accept_match",
    "apply_batch",
    "cancel_batch",
    "choose",
    "choose_all",
    "close_change",
    "compare_again",
    "follow_record",
    "give_back",
    "hand_in_decp",
    "hand_over",
    "hand_over_reading",
    "leave_match",
    "leave_record",
    "read_batch",
    "take_in_decp",
]
