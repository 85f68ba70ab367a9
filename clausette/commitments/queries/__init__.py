"""What may be read of the engagements d'insertion: conditions, figures, sheets."""

from clausette.commitments.queries.figures import OWES, Figures, figures_for, owings, owings_for
from clausette.commitments.queries.legal import LegalLine, legal_line
from clausette.commitments.queries.lists import CommitmentLine, list_commitments
from clausette.commitments.queries.sheet import CommitmentSheet, commitment_sheet
from clausette.commitments.queries.versions import PartLine, VersionLine
from clausette.commitments.queries.visibility import (
    CommitmentKey,
    commitment_key,
    commitment_keys,
    commitments_visible_to,
    versions_visible_to,
)

__all__ = [
    "OWES",
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
    "legal_line",
    "list_commitments",
    "owings",
    "owings_for",
    "versions_visible_to",
]
