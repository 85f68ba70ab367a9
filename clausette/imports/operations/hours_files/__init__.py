"""Verbs of the files of hours: take in, map, match, apply, undo, give up."""

from clausette.imports.operations.hours_files.applying import (
    IN_REQUEST,
    HoursApplied,
    apply_hours_file,
    give_hours_file_back,
    hand_over_hours_file,
)
from clausette.imports.operations.hours_files.handing import (
    READ_IN_REQUEST,
    hand_over_hours_reading,
    read_hours_file,
)
from clausette.imports.operations.hours_files.taking import (
    LEAVE,
    ColumnsAnswer,
    cancel_hours_file,
    choose_matches,
    compare_hours_file,
    map_hours_columns,
    take_in_hours_file,
)
from clausette.imports.operations.hours_files.undoing import (
    UNDO_IN_REQUEST,
    hand_over_hours_undo,
    say_hours_undo_refused,
    undo_hours_file,
)

__all__ = [
    "IN_REQUEST",
    "LEAVE",
    "READ_IN_REQUEST",
    "UNDO_IN_REQUEST",
    "ColumnsAnswer",
    "HoursApplied",
    "apply_hours_file",
    "cancel_hours_file",
    "choose_matches",
    "compare_hours_file",
    "give_hours_file_back",
    "hand_over_hours_file",
    "hand_over_hours_reading",
    "hand_over_hours_undo",
    "map_hours_columns",
    "read_hours_file",
    "say_hours_undo_refused",
    "take_in_hours_file",
    "undo_hours_file",
]
