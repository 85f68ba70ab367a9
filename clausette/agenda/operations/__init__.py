"""Verbs of the agenda: letters written and sent, calls and postponements, the ladder and the texts of a structure."""

from clausette.agenda.operations.firms import note_call, postpone
from clausette.agenda.operations.letters import (
    clear_address,
    drop_letter,
    mark_sent,
    note_failure,
    remind_now,
    write_letter,
)
from clausette.agenda.operations.settings import set_ladder, set_text, withdraw_text

__all__ = [
    "clear_address",
    "drop_letter",
    "mark_sent",
    "note_call",
    "note_failure",
    "postpone",
    "remind_now",
    "set_ladder",
    "set_text",
    "withdraw_text",
    "write_letter",
]
