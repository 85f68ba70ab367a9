"""From the frozen JSON of a document back to its facts, and the paper they make."""

import json
from typing import Any

from clausette.reports.attestation.facts import AttestationFacts, facts_from_json
from clausette.reports.enums import ReportKind
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.frozen import thawed
from clausette.reports.paper import Paper

Facts = AttestationFacts | FollowUpFacts


def facts_of(kind: str, raw: Any) -> Facts:
    """Return the facts of a document of this kind."""
    if kind == ReportKind.CERTIFICATE:
        return facts_from_json(json.dumps(raw))
    return thawed(FollowUpFacts, raw)


def paper_of(facts: Facts) -> Paper:
    """Return the paper of a follow-up document. Raises TypeError for an attestation, which has its own template."""
    if isinstance(facts, AttestationFacts):
        raise TypeError("an attestation is set by its own template")
    return follow_up_paper(facts)
