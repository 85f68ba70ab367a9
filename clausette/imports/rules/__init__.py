"""What an official record becomes here, and what it would change of a contract already held. Pure."""

from clausette.imports.rules.changes import ADVICE, ChangePlan, official_changes
from clausette.imports.rules.differences import (
    Difference,
    DifferenceKind,
    Held,
    HeldModification,
    differences,
)
from clausette.imports.rules.matching import Described, Match, match
from clausette.imports.rules.published import (
    AwardPlan,
    FirmRef,
    ModificationPlan,
    Published,
    SubcontractorPlan,
    SubcontractPlan,
    published,
)
from clausette.imports.rules.targets import Counted, YearShare, by_year
from clausette.imports.rules.written import plain_json, shown_value

__all__ = [
    "ADVICE",
    "AwardPlan",
    "ChangePlan",
    "Counted",
    "Described",
    "Difference",
    "DifferenceKind",
    "FirmRef",
    "Held",
    "HeldModification",
    "Match",
    "ModificationPlan",
    "Published",
    "SubcontractPlan",
    "SubcontractorPlan",
    "YearShare",
    "by_year",
    "differences",
    "match",
    "official_changes",
    "plain_json",
    "published",
    "shown_value",
]
