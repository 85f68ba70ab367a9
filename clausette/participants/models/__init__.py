"""Tables of persons. Identity and reasons are two compartments, each with its own policy."""

from clausette.participants.models.checks import EligibilityCheck, EligibilityReason
from clausette.participants.models.evidence import EvidenceRule
from clausette.participants.models.facts import DecisionFacts
from clausette.participants.models.homes import Home
from clausette.participants.models.limits import LimitMove
from clausette.participants.models.notes import CheckNote
from clausette.participants.models.options import AdmittedOptions
from clausette.participants.models.persons import Participant
from clausette.participants.models.pieces import ReferralPiece
from clausette.participants.models.referrals import Need, PrescriberTie, Referral, ReferralSituation
from clausette.participants.models.twins import PersonContact, Resemblance, Reunion

__all__ = [
    "AdmittedOptions",
    "CheckNote",
    "DecisionFacts",
    "EligibilityCheck",
    "EligibilityReason",
    "EvidenceRule",
    "Home",
    "LimitMove",
    "Need",
    "Participant",
    "PersonContact",
    "PrescriberTie",
    "Referral",
    "ReferralPiece",
    "ReferralSituation",
    "Resemblance",
    "Reunion",
]
