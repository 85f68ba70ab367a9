"""What the structure of the actor chose to do with papers."""

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.participants.enums import EvidenceKind, Funding
from clausette.participants.models import EvidenceRule
from clausette.participants.queries.visibility import own_as_facilitator


def evidence_rules_visible_to(actor: Actor) -> QuerySet[EvidenceRule]:
    """The choices of the actor's structure."""
    return narrow(EvidenceRule.objects.all(), own_as_facilitator(actor))


def kept_evidence(*, actor: Actor) -> frozenset[tuple[EvidenceKind, Funding]]:
    """Return the kinds of papers that the structure keeps, with the funding for which it does."""
    rows = evidence_rules_visible_to(actor).filter(is_kept=True).order_by("id")
    return frozenset((EvidenceKind(row.kind), Funding(row.funding)) for row in rows)
