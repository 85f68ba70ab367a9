"""What may be read of the engagements d'insertion: conditions, figures, sheets."""

from clausette.commitments.queries.figures import Figures, figures_for, figures_of, schedules_for
from clausette.commitments.queries.legal import LegalLine, legal_line
from clausette.commitments.queries.lists import CommitmentLine, list_commitments
from clausette.commitments.queries.sheet import CommitmentSheet, PartLine, VersionLine, commitment_sheet
from clausette.commitments.queries.visibility import (
    CommitmentKey,
    commitment_key,
    commitment_keys,
    commitments_visible_to,
    versions_visible_to,
)

__all__ = [
    "CommitmentKey",
    "CommitmentLine",
    "CommitmentSheet",
    "Figures",
    "LegalLine",
    "PartLine",
    "VersionLine",
    "commitment_key",
    "commitment_keys",
    "commitment_sheet",
    "commitments_visible_to",
    "figures_for",
    "figures_of",
    "legal_line",
    "list_commitments",
    "schedules_for",
    "versions_visible_to",
]
