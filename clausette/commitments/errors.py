"""What the commitments room refuses."""

from clausette.kernel.errors import Refusal
from clausette.kernel.integrity import declare_sentence

declare_sentence(
    "commitments_groupshare_whole", "Les parts des membres du groupement dépassent 100 % : corrigez-les."
)
declare_sentence(
    "commitments_basehours_overlap", "Des heures travaillées sont déjà déclarées sur une partie de cette période."
)


class CalculationImpossible(Refusal):
    """A figure of the calculation of hours is absent or absurd; `field` names it."""


class PenaltyRefused(Refusal):
    """No shortfall is told while months are missing or pending."""
