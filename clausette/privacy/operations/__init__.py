"""The verbs of data protection: erase, hold, purge."""

from clausette.privacy.operations.erasing import erase_person
from clausette.privacy.operations.holds import give_notice, lift_hold, note_export, review_hold, set_hold

__all__ = ["erase_person", "give_notice", "lift_hold", "note_export", "review_hold", "set_hold"]
