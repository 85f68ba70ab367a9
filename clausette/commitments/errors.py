"""What the commitments room refuses."""

from clausette.kernel.errors import Refusal
from clausette.kernel.integrity import declare_sentence

declare_sentence(
    "commitments_groupshare_whole", "Les parts des membres du groupement dépassent 100 % : corrigez-les."
)
declare_sentence(
    "commitments_basehours_overlap", "Des heures travaillées sont déjà déclarées sur une partie de cette période."
)

declare_sentence(
    "commitments_act_surplus",
    "Ce surplus ne peut plus être reporté : un des deux engagements a changé, ou le plafond est atteint.",
)
declare_sentence(
    "commitments_act_settled", "L'engagement qui a reçu ces heures est soldé : rouvrez-le d'abord."
)
declare_sentence(
    "commitments_commitment_carried",
    "Des heures de son surplus sont reportées sur un autre engagement : annulez d'abord le report.",
)


class CalculationImpossible(Refusal):
    """A figure of the calculation of hours is absent or absurd; `field` names it."""


class PenaltyRefused(Refusal):
    """No shortfall is told while months are missing or pending."""
