"""What may be read of the engagements d'insertion: conditions, figures, sheets."""

from clausette.commitments.queries.acts import ActLine, act_line, acts_crediting, acts_of
from clausette.commitments.queries.bases import BaseLine, BaseRef, BaseSheet, base_line, base_sheet, bases_of
from clausette.commitments.queries.carrying import surplus_received
from clausette.commitments.queries.conditions import (
    Conditions,
    DefaultsLine,
    Followers,
    OwnConditions,
    conditions_of,
    default_conditions,
    default_line,
    default_lines,
    followers,
    modalities_admitted,
    publics_admitted,
    usual_counting,
)
from clausette.commitments.queries.figures import (
    OWES,
    Figures,
    Schedules,
    figures_for,
    owing_of,
    owings,
    owings_for,
    schedules_in_force,
)
from clausette.commitments.queries.following import EngagementRules, Followed, rules_of
from clausette.commitments.queries.groups import Around, Member, ShareLine, around, members_of, shares_of
from clausette.commitments.queries.legal import LegalLine, legal_line
from clausette.commitments.queries.lists import CommitmentLine, list_commitments
from clausette.commitments.queries.sheet import CommitmentSheet, commitment_sheet
from clausette.commitments.queries.taking import Takes, takings_of
from clausette.commitments.queries.valuing import ValuedLine, valued_by, valued_line, valued_lines
from clausette.commitments.queries.versions import PartLine, VersionLine, last_parts
from clausette.commitments.queries.visibility import (
    CommitmentKey,
    commitment_key,
    commitment_keys,
    commitments_visible_to,
    versions_visible_to,
)

__all__ = [
    "OWES",
    "ActLine",
    "Around",
    "BaseLine",
    "BaseRef",
    "BaseSheet",
    "CommitmentKey",
    "CommitmentLine",
    "CommitmentSheet",
    "Conditions",
    "DefaultsLine",
    "EngagementRules",
    "Figures",
    "Followed",
    "Followers",
    "LegalLine",
    "Member",
    "OwnConditions",
    "PartLine",
    "Schedules",
    "ShareLine",
    "Takes",
    "ValuedLine",
    "VersionLine",
    "act_line",
    "acts_crediting",
    "acts_of",
    "around",
    "base_line",
    "base_sheet",
    "bases_of",
    "commitment_key",
    "commitment_keys",
    "commitment_sheet",
    "commitments_visible_to",
    "conditions_of",
    "default_conditions",
    "default_line",
    "default_lines",
    "figures_for",
    "followers",
    "last_parts",
    "legal_line",
    "list_commitments",
    "members_of",
    "modalities_admitted",
    "owing_of",
    "owings",
    "owings_for",
    "publics_admitted",
    "rules_of",
    "schedules_in_force",
    "shares_of",
    "surplus_received",
    "takings_of",
    "usual_counting",
    "valued_by",
    "valued_line",
    "valued_lines",
    "versions_visible_to",
]
