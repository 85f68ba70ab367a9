"""Tables of persons. Identity and reasons are two compartments, each with its own policy."""

from clausette.participants.models.checks import EligibilityCheck, EligibilityReason
from clausette.participants.models.evidence import EvidenceRule
from clausette.participants.models.facts import DecisionFacts
from clausette.participants.models.persons import Participant
from clausette.participants.models.referrals import Need, PrescriberTie, Referral, ReferralSituation

__all__ = [
    "DecisionFacts",
    "EligibilityCheck",
    "EligibilityReason",
    "EvidenceRule",
    "Need",
    "Participant",
    "PrescriberTie",
    "Referral",
    "ReferralSituation",
]
