"""What an official record becomes here, and what it would change of a contract already held. Pure."""

from clausette.imports.rules.differences import Difference, DifferenceKind, Held, differences
from clausette.imports.rules.published import (
    AwardPlan,
    FirmRef,
    ModificationPlan,
    Published,
    SubcontractorPlan,
    published,
)
from clausette.imports.rules.written import plain_json, shown_value

__all__ = [
    "AwardPlan",
    "Difference",
    "DifferenceKind",
    "FirmRef",
    "Held",
    "ModificationPlan",
    "Published",
    "SubcontractorPlan",
    "differences",
    "plain_json",
    "published",
    "shown_value",
]
