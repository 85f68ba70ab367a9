"""The verbs of data protection: erase, hold, purge."""

from clausette.privacy.operations.holds import give_notice, lift_hold, review_hold, set_hold

__all__ = ["give_notice", "lift_hold", "review_hold", "set_hold"]
