"""What the procurement room refuses."""

from clausette.kernel.errors import Invalid, Refusal


class LotsUnreadable(Invalid):
    """The lots pasted from a spreadsheet cannot all be read; `errors`: « ligne 2, montant » → sentence."""


class AlreadyHeld(Refusal):
    """The same contract, lot, award or share is already recorded; `field` says what to change."""
