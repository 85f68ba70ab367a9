"""Tables of what is owed: engagements and their versions, what they rest on, acts that move hours."""

from clausette.commitments.models.acts import CommitmentAct
from clausette.commitments.models.bases import BaseHours, GroupShare, SubTarget
from clausette.commitments.models.defaults import StructureDefaults
from clausette.commitments.models.engagement import Commitment, CommitmentPart, CommitmentVersion
from clausette.commitments.models.valuing import ValuedRule

__all__ = [
    "BaseHours",
    "Commitment",
    "CommitmentAct",
    "CommitmentPart",
    "CommitmentVersion",
    "GroupShare",
    "StructureDefaults",
    "SubTarget",
    "ValuedRule",
]
