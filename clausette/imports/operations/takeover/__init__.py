"""Verbs of the takeover: take in, map, decide, take over, undo, give up."""

from clausette.imports.operations.takeover.applying import (
    IN_REQUEST,
    Applied,
    give_takeover_back,
    hand_over_takeover,
    take_over,
)
from clausette.imports.operations.takeover.deciding import cancel_takeover, decide_person, read_again
from clausette.imports.operations.takeover.handing import (
    READ_IN_REQUEST,
    hand_over_reading,
    read_takeover,
)
from clausette.imports.operations.takeover.taking import SheetAnswer, map_columns, take_in_workbook
from clausette.imports.operations.takeover.undoing import hand_over_undo, undo_takeover

__all__ = [
    "IN_REQUEST",
    "READ_IN_REQUEST",
    "Applied",
    "SheetAnswer",
    "cancel_takeover",
    "decide_person",
    "give_takeover_back",
    "hand_over_reading",
    "hand_over_takeover",
    "hand_over_undo",
    "map_columns",
    "read_again",
    "read_takeover",
    "take_in_workbook",
    "take_over",
    "undo_takeover",
]
