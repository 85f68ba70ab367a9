"""What the commitments room refuses."""

from clausette.kernel.errors import Refusal


class CalculationImpossible(Refusal):
    """A figure of the calculation of hours is absent or absurd; `field` names it."""


class PenaltyRefused(Refusal):
    """No shortfall is told while months are missing or pending."""
